using FuturesBot.Adapters.Sessions;
using FuturesBot.Dashboard.Running;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;

namespace FuturesBot.Sidecar;

/// <summary>
/// What the parts that run elsewhere ask for, carried out one after the other and answered in the next batch. Only the holder of the
/// market reads the queue: what is asked meanwhile waits there.
/// </summary>
internal sealed class SidecarCommands(
    SidecarSettings settings, SidecarStores stores, ExchangeSession session, MarketHolder holder, PriceWatch levels, Func<bool> isOpen,
    Func<IFollowed> followed, Func<ChatSession?> chat, IEffectCarrier effects, IAlerts alerts, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Reads the queue while the market is in hand, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            while (!holder.IsHolder || !isOpen()) await Task.Delay(LookEvery, time, cancel);   // before, the chat would not hear of it
            using var held = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var reading = ReadAsync(held.Token);
            while (holder.IsHolder && !reading.IsCompleted) await Task.WhenAny(reading, Task.Delay(LookEvery, time, held.Token));
            await held.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancel.ThrowIfCancellationRequested();
            if (reading.Exception?.GetBaseException() is { } fault and not ShardLostException && !Patience.IsPassing(fault)) await reading;
        }
    }

    private async Task ReadAsync(CancellationToken cancel)
    {
        var desk = new CommandDesk(Ports(), stores.Done(settings.Bot.Sidecar.Shard), time);   // what another holder has done is read anew
        await desk.OpenAsync(cancel);
        await stores.Commands.RunAsync(
            async (message, stop) =>
            {
                var answer = await desk.CarryOutAsync(message, stop);
                // Of a watched symbol the next minute is told: what is answered to that goes with it.
                if (message.Command is SidecarCommand.WatchLevels && answer.Outcome == CommandOutcome.Done) await holder.AnswerAsync(answer, stop);
                else if (IsHeard(message.Command, answer)) await holder.TellAsync(batch => batch with { Answers = [answer] }, stop);
            },
            (message, reason, stop) => holder.TellAsync(batch => batch with { Answers = [desk.Fail(message.Id, reason)] }, stop),
            cancel);
    }

    /// <summary>Nobody waits for the answer to what happens with every step of a signal; a batch each would double the log.</summary>
    private static bool IsHeard(SidecarCommand command, CommandAnswer answer) => answer.Outcome switch
    {
        CommandOutcome.Repeated => false,
        CommandOutcome.Done => command is not (SidecarCommand.CarryOut or SidecarCommand.Warn or SidecarCommand.ForgetLevels
            or SidecarCommand.SendMessages or SidecarCommand.TakeChatUpdate),
        _ => true,
    };

    private CommandPorts Ports() => new()
    {
        RefreshCandles = async (frame, closeMs, cancel) =>
        {
            var found = await session.SearchGapsAsync([frame], closeMs, cancel);
            return FormattableString.Invariant($"{found.Filled.Values.Sum()} candles of {frame.Code()} were brought, {found.Missing} are missing");
        },
        RepairGap = async (gap, cancel) =>
        {
            if (!session.Lists(gap.Symbol)) return $"The exchange does not list {gap.Symbol}: nothing was asked for";
            var load = await session.RepairAsync(new(gap.Symbol, gap.Frame), gap.FromMs, gap.ToMs, cancel);
            return FormattableString.Invariant($"{load.FromArchive + load.FromRequests} candles of {load.Series} were brought, {load.Missing} are missing");
        },
        RefreshSymbols = session.RefreshSymbolsAsync,
        CheckIntegrity = async (days, cancel) =>
        {
            var report = await session.CheckAsync(days, cancel);
            return FormattableString.Invariant($"{report.Series.Count} series were checked, {report.Mended} candles mended");
        },
        Forget = async cancel =>
        {
            var candles = await stores.Store.ForgetCandlesAsync(settings.Bot.Retention, followed().NowMs, cancel);
            var batches = await holder.ForgetAsync(TimeSpan.FromDays(settings.Bot.Sidecar.BatchDays), cancel);
            var lines = await stores.ActionPrice.ForgetAsync(
                followed().NowMs - (long)TimeSpan.FromDays(settings.Bot.Retention.ClosedSignalDays).TotalMilliseconds, cancel);
            return FormattableString.Invariant($"{candles} candles, {batches} batches and {lines} lines of Action Price were deleted");
        },
        WatchLevels = levels.WatchAsync,
        ForgetLevels = levels.ForgetAsync,
        HaltEntries = (halt, cancel) => holder.TellAsync(batch => batch with { Halt = new(halt) }, cancel),
        TakeChatUpdate = (json, cancel) => chat() is { } talk
            ? talk.TakeAsync(json, cancel)
            : throw new InvalidOperationException("There is no chat here: it is switched off, or the bot's token is missing"),
        SendMessages = _ =>
        {
            chat()?.Wake();
            return Task.CompletedTask;
        },
        CarryOut = async (effect, cancel) =>
        {
            if (chat() is { } talk) await talk.ReadyAsync(cancel);   // between two kernels it has nothing to tell from
            if (!effects.HasDone(effect)) await effects.CarryOutAsync(effect);
        },
        Warn = warn => alerts.Raise(new(
            AlertKind.Part, $"signal-{warn.SignalId}", warn.Text, NowMs,
            new PartAlert(NowMs, $"signal {warn.SignalId}", PartTrouble.Behind, 0, 0, warn.Text, IsOver: false))),
    };

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();
}
