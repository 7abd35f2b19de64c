using System.Diagnostics;
using System.Globalization;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Telemetry;

namespace FuturesBot.Engine.Sharding;

/// <summary>
/// Carries out what the holder of the market is asked to do, one command after the other, and gives the answer that goes into the
/// next batch. A command that was carried out is known by its id and not carried out again.
/// </summary>
/// <remarks>
/// What throws is not answered: the queue brings the command again, and after its tries <see cref="Fail"/> answers. The id is kept after
/// the work, so a process that dies in between carries a command out twice: every port is safe to repeat.
/// </remarks>
public sealed class CommandDesk(CommandPorts ports, ICommandMemory memory, TimeProvider time)
{
    /// <summary>Ids that are remembered.</summary>
    public const int RememberedMax = 10_000;

    private const int ReasonMax = 1_000;   // of what failed; the whole of it lies on the shelf

    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Reads which commands were carried out before this process; the oldest first.</summary>
    public async Task OpenAsync(CancellationToken cancel = default)
    {
        foreach (var id in await memory.LoadAsync(RememberedMax, cancel)) Remember(id);
    }

    /// <summary>Carries a command out.</summary>
    public async Task<CommandAnswer> CarryOutAsync(CommandMessage message, CancellationToken cancel = default)
    {
        using var span = Observe(message);
        try
        {
            var answer = await TakeAsync(message, cancel);
            span?.SetTag(Attributes.Result, "answered");
            return answer;
        }
        catch (Exception e)
        {
            span?.SetTag(Attributes.Result, "failed");
            span.Fail(e);
            throw;
        }
    }

    private async Task<CommandAnswer> TakeAsync(CommandMessage message, CancellationToken cancel)
    {
        if (_done.Contains(message.Id)) return Answer(message.Id, CommandOutcome.Repeated, "It was carried out before");
        var (outcome, text) = await DoAsync(message.Command, cancel);
        await memory.AddAsync(message.Id, cancel);
        Remember(message.Id);
        return Answer(message.Id, outcome, text);
    }

    /// <summary>The answer to a command that failed for good.</summary>
    public CommandAnswer Fail(string id, string reason) =>
        Answer(id, CommandOutcome.Failed, reason.Length <= ReasonMax ? reason : reason[..ReasonMax]);

    private Activity? Observe(CommandMessage message)
    {
        var span = BotTelemetry.StartFrom(Spans.Obey, ActivityKind.Consumer, message.TraceParent);
        if (span is not { IsAllDataRequested: true }) return span;
        span.SetTag(Attributes.CommandId, message.Id).SetTag(Attributes.Kind, message.Command.GetType().Name);
        if (message.SentAtMs > 0) span.SetTag(Attributes.WaitedMs, time.GetUtcNow().ToUnixTimeMilliseconds() - message.SentAtMs);
        return span;
    }

    private async Task<(CommandOutcome Outcome, string Text)> DoAsync(SidecarCommand command, CancellationToken cancel)
    {
        switch (command)
        {
            case SidecarCommand.RefreshCandles(var frame, var closeMs):
                return frame.IsAligned(closeMs) ? Done(await ports.RefreshCandles(frame, closeMs, cancel))
                    : Refused(string.Create(CultureInfo.InvariantCulture, $"No candle of {frame.Code()} closes at {closeMs}"));
            case SidecarCommand.RepairGap(_, _, var fromMs, var toMs) when fromMs >= toMs:
                return Refused(string.Create(CultureInfo.InvariantCulture, $"A gap from {fromMs} to {toMs} is none"));
            case SidecarCommand.RepairGap gap:
                return Done(await ports.RepairGap(gap, cancel));
            case SidecarCommand.RefreshSymbols:
                return Done(await ports.RefreshSymbols(cancel));
            case SidecarCommand.CheckIntegrity(var days):
                return days is >= 1 and <= 366 ? Done(await ports.CheckIntegrity(days, cancel))
                    : Refused(string.Create(CultureInfo.InvariantCulture, $"{days} days were to be checked; 1 to 366 are allowed"));
            case SidecarCommand.Forget:
                return Done(await ports.Forget(cancel));
            case SidecarCommand.WatchLevels watch:
                return Of(watch, await ports.WatchLevels(watch, cancel));
            case SidecarCommand.ForgetLevels(var signalId):
                await ports.ForgetLevels(signalId, cancel);
                return Done("Nothing is watched for it any more");
            case SidecarCommand.HaltEntries(var halt):
                await ports.HaltEntries(halt, cancel);
                return Done(halt is null ? "Entries are allowed again" : "Entries are halted");
            case SidecarCommand.TakeChatUpdate(var json):
                await ports.TakeChatUpdate(json, cancel);
                return Done("The update was taken in");
            case SidecarCommand.SendMessages:
                await ports.SendMessages(cancel);
                return Done("Messages are being sent");
            case SidecarCommand.CarryOut(var effect) when ports.CarryOut is { } carryOut:
                await carryOut(effect, cancel);
                return Done("It was carried out");
            case SidecarCommand.Warn warn when ports.Warn is { } told:
                told(warn);
                return Done("People are told");
            default:
                return Refused("This version does not know such a command");
        }
    }

    private static (CommandOutcome, string) Of(SidecarCommand.WatchLevels wanted, WatchOutcome outcome)
    {
        if (outcome.Refusal is { } refusal) return Refused(refusal);
        var seen = outcome is { Low: { } low, High: { } high }
            ? string.Create(CultureInfo.InvariantCulture, $"{low} to {high} was traded since {wanted.SinceMs}")
            : string.Create(CultureInfo.InvariantCulture, $"what was traded since {wanted.SinceMs} is not known");
        return Done(string.Create(CultureInfo.InvariantCulture, $"{wanted.Levels.Count} levels are watched; {seen}"));
    }

    private void Remember(string id)
    {
        if (!_done.Add(id)) return;
        _order.Enqueue(id);
        if (_order.Count > RememberedMax) _done.Remove(_order.Dequeue());
    }

    private CommandAnswer Answer(string id, CommandOutcome outcome, string text) => new(id, outcome, text, time.GetUtcNow().ToUnixTimeMilliseconds());

    private static (CommandOutcome, string) Done(string text) => (CommandOutcome.Done, text);

    private static (CommandOutcome, string) Refused(string text) => (CommandOutcome.Refused, text);
}
