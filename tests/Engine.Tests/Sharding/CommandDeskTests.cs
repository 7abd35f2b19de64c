using System.Diagnostics;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Telemetry;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Sharding;

public sealed class CommandDeskTests
{
    private readonly List<string> _calls = [];
    private readonly Memory _memory = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CarryOut_TheSameAgain_IsAnsweredAsRepeated_AfterARestartToo()
    {
        var command = new CommandMessage("a", new SidecarCommand.RefreshSymbols(), 0);
        var desk = Desk();

        Assert.Equal(CommandOutcome.Done, (await desk.CarryOutAsync(command, Cancel)).Outcome);
        Assert.Equal(CommandOutcome.Repeated, (await desk.CarryOutAsync(command, Cancel)).Outcome);
        var restarted = Desk();
        await restarted.OpenAsync(Cancel);
        Assert.Equal(CommandOutcome.Repeated, (await restarted.CarryOutAsync(command, Cancel)).Outcome);

        Assert.Equal(["symbols"], _calls);
    }

    [Fact]
    public async Task CarryOut_WhatCannotBe_IsRefusedWithTheReason()
    {
        SidecarCommand[] wrong =
        [
            new(), new SidecarCommand.CheckIntegrity(0), new SidecarCommand.RepairGap(Symbol.Btc, TimeFrame.M15, 5, 5),
            new SidecarCommand.RefreshCandles(TimeFrame.M15, 1), new SidecarCommand.WatchLevels("s", Symbol.Btc, 0, []),
        ];
        foreach (var command in wrong)
        {
            var answer = await Desk().CarryOutAsync(new(command.GetType().Name, command, 0), Cancel);
            Assert.Equal(CommandOutcome.Refused, answer.Outcome);
            Assert.NotEmpty(answer.Text);
        }

        Assert.Empty(_calls);
    }

    [Fact]
    public async Task CarryOut_WhatFails_ThrowsAndIsDoneWhenItComesAgain()
    {
        var command = new CommandMessage("a", new SidecarCommand.Forget(), 0);
        var desk = Desk(failures: 1);

        await Assert.ThrowsAsync<IOException>(() => desk.CarryOutAsync(command, Cancel));

        Assert.Equal(CommandOutcome.Done, (await desk.CarryOutAsync(command, Cancel)).Outcome);
    }

    [Fact]
    public async Task CarryOut_CommandWithATrace_IsASpanOfItThatSaysHowItEnded()
    {
        using var spans = new HeardSpans(Spans.Obey);
        var desk = Desk(failures: 1);
        var command = new CommandMessage("a", new SidecarCommand.Forget(), SentAtMs: new ManualTime().GetUtcNow().ToUnixTimeMilliseconds() - 250, spans.TraceParent);

        await Assert.ThrowsAsync<IOException>(() => desk.CarryOutAsync(command, Cancel));
        await desk.CarryOutAsync(command, Cancel);

        Assert.Equal(["failed", "answered"], spans.Heard.Select(span => span.GetTagItem(Attributes.Result)));
        Assert.Equal([ActivityStatusCode.Error, ActivityStatusCode.Unset], spans.Heard.Select(span => span.Status));
        Assert.All(spans.Heard, span => Assert.Equal(
            ("a", "Forget", 250L), (span.GetTagItem(Attributes.CommandId), span.GetTagItem(Attributes.Kind), span.GetTagItem(Attributes.WaitedMs))));
    }

    [Fact]
    public async Task CarryOut_AWatch_IsAnsweredWithTheExtremesSinceTheDecision()
    {
        var answer = await Desk().CarryOutAsync(new("w", new SidecarCommand.WatchLevels("known", Symbol.Btc, 7, [new("stop", 90m, false)]), 0), Cancel);

        Assert.Equal((CommandOutcome.Done, "1 levels are watched; 99.5 to 101 was traded since 7"), (answer.Outcome, answer.Text));
    }

    [Fact]
    public void Fail_ALongReason_FitsIntoABatch()
    {
        var answer = Desk().Fail("a", new string('x', 100_000));

        Assert.Equal((CommandOutcome.Failed, "a"), (answer.Outcome, answer.CommandId));
        Assert.Equal(1_000, answer.Text.Length);
    }

    private CommandDesk Desk(int failures = 0) => new(
        new()
        {
            RefreshCandles = (_, _, _) => Say("candles"),
            RepairGap = (_, _) => Say("gap"),
            RefreshSymbols = _ => Say("symbols"),
            CheckIntegrity = (_, _) => Say("integrity"),
            Forget = _ => failures-- > 0 ? throw new IOException("storage is away") : Say("forget"),
            WatchLevels = (wanted, _) => Task.FromResult(wanted.SignalId == "s" ? new WatchOutcome("full") : new(null, 99.5m, 101m)),
            ForgetLevels = (_, _) => Say("levels"),
            HaltEntries = (_, _) => Say("halt"),
            TakeChatUpdate = (_, _) => Say("chat"),
            SendMessages = _ => Say("messages"),
        },
        _memory,
        new ManualTime());

    private Task<string> Say(string what)
    {
        _calls.Add(what);
        return Task.FromResult(what);
    }

    private sealed class Memory : ICommandMemory
    {
        private readonly List<string> _ids = [];

        public Task<IReadOnlyList<string>> LoadAsync(int newest, CancellationToken cancel = default) => Task.FromResult<IReadOnlyList<string>>([.. _ids]);

        public Task AddAsync(string id, CancellationToken cancel = default)
        {
            _ids.Add(id);
            return Task.CompletedTask;
        }
    }
}
