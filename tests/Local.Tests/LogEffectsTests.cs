using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Dashboard.Running;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FuturesBot.Local.Tests;

public sealed class LogEffectsTests
{
    [Fact]
    public void HasDone_AfterItWasCarriedOut_IsTrueInTheNextProcess()
    {
        using var folder = new TempFolder();
        var (done, open) = (Effect("a-1-EntryPlaced-notify"), Effect("a-2-EntryFilled-notify"));

        Of(folder).CarryOut(done);

        Assert.True(Of(folder).HasDone(done));
        Assert.False(Of(folder).HasDone(open));
    }

    [Fact]
    public void HasDone_TheLineWasNotFinished_IsFalseAndTheLineIsCutOff()
    {
        using var folder = new TempFolder();
        var (done, torn) = (Effect("a-1-EntryPlaced-notify"), Effect("a-2-EntryFilled-notify"));
        Of(folder).CarryOut(done);
        var path = folder.In(LogEffects.NotifyFile);
        File.AppendAllText(path, torn.PayloadJson);   // the process died before the line's end

        Assert.False(Of(folder).HasDone(torn));
        Of(folder).CarryOut(torn);

        Assert.Equal([done.PayloadJson, torn.PayloadJson], File.ReadAllLines(path));
    }

    private static LogEffects Of(TempFolder folder) => new(folder.Path, NullLogger.Instance, NullLogger.Instance);

    private static StoredEffect Effect(string id) => new(
        id, "a", Effects.Notify, $$"""{"effect_id":"{{id}}","symbol":"BTCUSDT","text":"long"}""", CreatedAtMs: 0);
}
