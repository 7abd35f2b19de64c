using System.Text.Json.Serialization;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Sharding;

/// <summary>
/// What the holder of the market is asked to do. A repeat is harmless: it is known by the id of its
/// <see cref="CommandMessage"/>. A closed set; a kind that a version does not know arrives as this base and is answered as unknown.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind", IgnoreUnrecognizedTypeDiscriminators = true)]
[JsonDerivedType(typeof(RefreshCandles), "refresh-candles")]
[JsonDerivedType(typeof(RepairGap), "repair-gap")]
[JsonDerivedType(typeof(RefreshSymbols), "refresh-symbols")]
[JsonDerivedType(typeof(CheckIntegrity), "check-integrity")]
[JsonDerivedType(typeof(Forget), "forget")]
[JsonDerivedType(typeof(WatchLevels), "watch-levels")]
[JsonDerivedType(typeof(ForgetLevels), "forget-levels")]
[JsonDerivedType(typeof(HaltEntries), "halt-entries")]
[JsonDerivedType(typeof(TakeChatUpdate), "chat-update")]
[JsonDerivedType(typeof(SendMessages), "send-messages")]
[JsonDerivedType(typeof(CarryOut), "carry-out")]
[JsonDerivedType(typeof(Warn), "warn")]
public record SidecarCommand
{
    /// <summary>Makes sure that every candle of a frame that closed at a moment is stored, and asks for those that are not.</summary>
    public sealed record RefreshCandles(TimeFrame Frame, long CloseMs) : SidecarCommand;

    /// <summary>Fills what is missing of a series in [<paramref name="FromMs"/>, <paramref name="ToMs"/>).</summary>
    public sealed record RepairGap(Symbol Symbol, TimeFrame Frame, long FromMs, long ToMs) : SidecarCommand;

    /// <summary>Reads the exchange's list of symbols and their rules anew.</summary>
    public sealed record RefreshSymbols : SidecarCommand;

    /// <summary>Counts what is there of the last days against what should be, and mends what it can.</summary>
    public sealed record CheckIntegrity(int Days) : SidecarCommand;

    /// <summary>Deletes stored candles that retention no longer keeps.</summary>
    public sealed record Forget : SidecarCommand;

    /// <summary>
    /// Watches prices for a signal from now on, and tells those reached since <paramref name="SinceMs"/> at once. Takes the place of
    /// what was watched for it before. While anything of a symbol is watched, its closed minutes are told too.
    /// </summary>
    /// <param name="SinceMs">Market time from which on a touch counts, UTC, Unix milliseconds.</param>
    public sealed record WatchLevels(string SignalId, Symbol Symbol, long SinceMs, IReadOnlyList<WatchedLevel> Levels) : SidecarCommand;

    /// <summary>Nothing is watched for this signal any more.</summary>
    public sealed record ForgetLevels(string SignalId) : SidecarCommand;

    /// <summary>New entries are halted, or (null) allowed again.</summary>
    public sealed record HaltEntries(EntryHalt? Halt) : SidecarCommand;

    /// <summary>An update of the chat, as the messenger sent it.</summary>
    public sealed record TakeChatUpdate(string Json) : SidecarCommand;

    /// <summary>There are messages in the outbox: send them now.</summary>
    public sealed record SendMessages : SidecarCommand;

    /// <summary>
    /// Carries an effect of the kernel's out: a message to the chats, a line of a log. Whoever holds the market has everything at hand
    /// that the message says, and sends it.
    /// </summary>
    public sealed record CarryOut(StoredEffect Effect) : SidecarCommand;

    /// <summary>People must know of something that is wrong with a signal.</summary>
    /// <param name="AtMs">Market time, UTC, Unix milliseconds.</param>
    public sealed record Warn(string SignalId, string Text, long AtMs) : SidecarCommand;
}
