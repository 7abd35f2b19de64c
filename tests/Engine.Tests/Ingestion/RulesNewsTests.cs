using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Ingestion;

public sealed class RulesNewsTests : IAlerts
{
    private readonly List<Alert> _raised = [];

    void IAlerts.Raise(Alert alert) => _raised.Add(alert);

    [Fact]
    public void Tell_ASymbolThatDrainsTriedAgain_IsToldOnceAndAnotherChangeAnew()
    {
        var news = new RulesNews(this, new ManualTime());

        news.Tell([]);
        news.Tell([Changed("BTCUSDT", 0.01m)]);
        news.Tell([Changed("BTCUSDT", 0.01m)]);
        news.Tell([Changed("BTCUSDT", 0.001m)]);

        Assert.Equal(2, _raised.Count);
        Assert.All(_raised, alert => Assert.Equal((AlertKind.Exchange, "rules"), (alert.Kind, alert.Key)));
        Assert.Contains("rules of 1 symbol: BTCUSDT tick 0.1 → 0.01", _raised[0].Text);
        Assert.Contains("tick 0.1 → 0.001", _raised[1].Text);
    }

    [Fact]
    public void Tell_ManyAtOnce_IsOneAlertThatNamesTheFirstFive()
    {
        new RulesNews(this, new ManualTime()).Tell([.. Enumerable.Range(1, 7).Select(i => Changed($"A{i}USDT", 0.01m))]);

        var alert = Assert.Single(_raised);
        Assert.Contains("rules of 7 symbols", alert.Text);
        Assert.Contains("A5USDT", alert.Text);
        Assert.DoesNotContain("A6USDT", alert.Text);
        Assert.Contains("…", alert.Text);
    }

    private static ChangedRules Changed(string symbol, decimal tick) =>
        new(new(Symbol.Parse(symbol), SymbolRules.FromTick(tick)), SymbolRules.FromTick(0.1m));
}
