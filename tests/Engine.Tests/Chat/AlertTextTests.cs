using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Chat;

public sealed class AlertTextTests
{
    [Fact]
    public void Alerts_OfEveryKind_HaveAMessageOfTheirOwn()
    {
        Assert.Equal(Enum.GetValues<AlertKind>(), AlertTexts.Messages.Keys.Order());
        var alerts = typeof(IMessage).Assembly.GetTypes().Where(type => type.Name.EndsWith("Alert", StringComparison.Ordinal));
        // Protection is a step of a signal, not an alert of the machinery.
        Assert.Equal(
            alerts.Where(type => type != typeof(ProtectionAlert)).OrderBy(type => type.Name, StringComparer.Ordinal),
            AlertTexts.Messages.Values.SelectMany(types => types).OrderBy(type => type.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void Check_OfAnAlertWithAForeignText_Fails()
    {
        var stream = new StreamAlert(0, 3, [], 2);
        Assert.Same(stream, AlertTexts.Check(new(AlertKind.Stream, "s", "Silent", 0, stream)).Message);
        Assert.Throws<InvalidOperationException>(() => AlertTexts.Check(new(AlertKind.Ban, "s", "Silent", 0, stream)));
        Assert.Throws<InvalidOperationException>(() => AlertTexts.Check(new(AlertKind.Stream, "s", "2", 0, stream)));
    }
}
