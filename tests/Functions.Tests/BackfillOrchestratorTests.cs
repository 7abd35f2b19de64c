using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Sharding;
using FuturesBot.Functions.Backfills;
using FuturesBot.TestKit;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FuturesBot.Functions.Tests;

/// <summary>A backfill on the durable test host, against a holder of the market that sometimes does not bring what it was asked for.</summary>
public sealed class BackfillOrchestratorTests
{
    private const long FromMs = GeneratedFeed.StartMs;
    private const long ToMs = FromMs + (4 * 86_400_000L);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Backfill_ThreeWavesOfWhichSomePiecesComeLateAndOneNever_AsksAgainAndSaysWhatIsLacking()
    {
        var symbols = Enumerable.Range(0, 12).Select(i => Symbol.Parse($"A{(char)('A' + i)}USDT")).ToArray();
        var plan = new BackfillPlan(symbols, [TimeFrame.M15, TimeFrame.H1, TimeFrame.H4], FromMs, ToMs);
        Assert.Equal(36, plan.Pieces().Count());   // waves of 16, 16 and 4
        using var app = new AppInMemory();
        app.Commands.Fails = (_, tries) => tries == 5;   // a queue that is away once: the activity runs again, and asks the first four once more
        await using var hub = await HubAsync(app);

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(BackfillOrchestrator.Backfill), new BackfillState { Plan = plan }, new StartOrchestrationOptions("fill"), Cancel);
        var end = await hub.EndOfAsync(id, Cancel);

        Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Completed, end.FailureDetails?.ToString());
        var state = end.ReadOutputAs<BackfillState>()!;
        Assert.Equal((36, 35, 1), (state.Next, state.Whole, state.Lacking));
        Assert.Equal((symbols[0], TimeFrame.H4), (state.Lacks[0].Series.Symbol, state.Lacks[0].Series.Frame));
        Assert.Equal(36, app.Commands.Sent.Select(sent => sent.Command).OfType<SidecarCommand.RepairGap>().Distinct().Count());
        // Each attempt is a command of its own, and the same attempt has the same id however often it is sent.
        var ids = app.Commands.Sent.GroupBy(sent => sent.Id).ToArray();
        Assert.All(ids, same => Assert.Single(same.Select(one => one.Command).Distinct()));
        Assert.Equal(36 + 3 + 2, ids.Length);   // three come with the second attempt; one is asked for three times
    }

    private static Task<TestHub> HubAsync(AppInMemory app)
    {
        var activities = new BackfillActivities(app.Parts);
        return TestHub.StartAsync(tasks => tasks.AddBackfill(
            async ask =>
            {
                await activities.AskForPieces(ask, CancellationToken.None);
                foreach (var piece in ask.Pieces) await BringAsync(app, piece, ask.Attempt);
            },
            pieces => activities.LookAtPieces(pieces, CancellationToken.None)));
    }

    // What the sidecar does with the commands: the first symbol's hours never come, three others' with the second attempt.
    private static async Task BringAsync(AppInMemory app, BackfillPiece piece, int attempt)
    {
        var (symbol, frame) = (piece.Series.Symbol.Name, piece.Series.Frame);
        if (frame == TimeFrame.H4 && symbol == "AAUSDT") return;
        if (attempt == 1 && frame == TimeFrame.H1 && (symbol is "ABUSDT" or "ACUSDT" or "ADUSDT")) return;
        var count = (int)((piece.ToMs - piece.FromMs) / frame.Ms());
        await app.Candles.AppendAsync(
            piece.Series, Enumerable.Range(0, count).Select(i => new Candle(piece.FromMs + (i * frame.Ms()), 1, 2, 0.5, 1.5, 10, 15, 5, 3)).ToArray(), Cancel);
    }
}
