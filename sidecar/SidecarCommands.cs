using FuturesBot.Adapters.Sessions;
using FuturesBot.Dashboard.Running;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;

namespace FuturesBot.Sidecar;

/// <summary>
/// Carries out what the parts that run elsewhere ask for, one after the other, and answers in the next batch. Only the holder of the
/// market reads the queue: what is asked meanwhile waits there.
/// </summary>
internal sealed class SidecarCommands(
    SidecarSettings settings, SidecarStores stores, ExchangeSession session, MarketHolder holder, Func<MarketRunner> runner,
    Func<ChatSession?> chat, IEffectCarrier effects, IAlerts alerts, TimeProvider time)
{
    /// <summary>Ids that are remembered against repeats; a command comes again within minutes or not at all.</summary>
    private const int SeenMax = 5_000;

    private const int TextMax = 300;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Reads the queue while the market is in hand, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            while (!holder.IsHolder) await Task.Delay(LookEvery, time, cancel);
            using var held = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var reading = stores.Commands.RunAsync(CarryOutAsync, held.Token);
            while (holder.IsHolder && !reading.IsCompleted) await Task.WhenAny(reading, Task.Delay(LookEvery, time, cancel));
            await held.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (reading.IsFaulted && reading.Exception.GetBaseException() is not ShardLostException) await reading;
            cancel.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Carries one out; a repeat does nothing.</summary>
    public async Task CarryOutAsync(CommandMessage message, CancellationToken cancel)
    {
        if (_seen.Contains(message.Id)) return;
        var (outcome, text) = await DoAsync(message.Command, cancel);
        Remember(message.Id);
        if (text.Length == 0) return;   // done, and nobody needs to hear of it
        var answer = new CommandAnswer(message.Id, outcome, text.Length > TextMax ? text[..TextMax] : text, NowMs);
        await holder.TellAsync(batch => batch with { Answers = [answer] }, cancel);
    }

    private async Task<(CommandOutcome Outcome, string Text)> DoAsync(SidecarCommand command, CancellationToken cancel)
    {
        switch (command)
        {
            case SidecarCommand.RefreshCandles refresh:
                var found = await session.SearchGapsAsync(runner(), [refresh.Frame], refresh.CloseMs, cancel);
                return (CommandOutcome.Done, FormattableString.Invariant($"{found.Filled.Values.Sum()} candles of {refresh.Frame.Code()} were asked for, {found.Missing} are missing"));
            case SidecarCommand.RepairGap gap when !session.Lists(gap.Symbol):
                return (CommandOutcome.Refused, $"The exchange does not list {gap.Symbol}");
            case SidecarCommand.RepairGap gap:
                var load = await session.RepairAsync(new(gap.Symbol, gap.Frame), gap.FromMs, gap.ToMs, cancel);
                return (CommandOutcome.Done, FormattableString.Invariant($"{load.FromArchive + load.FromRequests} candles of {load.Series} were brought, {load.Missing} are missing"));
            case SidecarCommand.RefreshSymbols:
                return (CommandOutcome.Done, await session.RefreshSymbolsAsync(runner(), cancel));
            case SidecarCommand.CheckIntegrity check:
                var report = await session.CheckAsync(runner(), Math.Max(1, check.Days), cancel);
                return (CommandOutcome.Done, FormattableString.Invariant($"{report.Series.Count} series were checked, {report.Mended} candles mended"));
            case SidecarCommand.Forget:
                var gone = await stores.Store.ForgetCandlesAsync(settings.Bot.Retention, runner().NowMs, cancel);
                var batches = await holder.ForgetAsync(TimeSpan.FromDays(settings.Bot.Sidecar.BatchDays), cancel);
                return (CommandOutcome.Done, FormattableString.Invariant($"{gone} candles and {batches} batches were deleted"));
            case SidecarCommand.HaltEntries halt:
                await holder.TellAsync(batch => batch with { Halt = new(halt.Halt) }, cancel);
                return (CommandOutcome.Done, "");
            case SidecarCommand.TakeChatUpdate update when chat() is { } talk:
                await talk.TakeAsync(update.Json, cancel);
                return (CommandOutcome.Done, "");
            case SidecarCommand.TakeChatUpdate:
                return (CommandOutcome.Refused, "There is no chat: the bot's token is missing");
            case SidecarCommand.SendMessages:
                chat()?.Wake();
                return (CommandOutcome.Done, "");
            case SidecarCommand.CarryOut carry:
                if (!effects.HasDone(carry.Effect)) await effects.CarryOutAsync(carry.Effect);
                return (CommandOutcome.Done, "");
            case SidecarCommand.Warn warn:
                alerts.Raise(new(
                    AlertKind.Part, $"signal-{warn.SignalId}", warn.Text, NowMs,
                    new PartAlert(NowMs, $"signal {warn.SignalId}", PartTrouble.Behind, 0, 0, warn.Text, IsOver: false)));
                return (CommandOutcome.Done, "");
            case SidecarCommand.WatchLevels or SidecarCommand.ForgetLevels:
                // The follower's kernel knows the open signals and their prices: what is watched is what is open there.
                return (CommandOutcome.Done, "");
            default:
                return (CommandOutcome.Refused, "This version of the sidecar does not know such a command");
        }
    }

    private void Remember(string id)
    {
        if (!_seen.Add(id)) return;
        _order.Enqueue(id);
        if (_order.Count > SeenMax) _seen.Remove(_order.Dequeue());
    }

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();
}
