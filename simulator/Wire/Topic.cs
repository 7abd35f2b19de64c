using System.Text;
using System.Text.Json;
using FuturesBot.Simulator.Faults;

namespace FuturesBot.Simulator.Wire;

/// <summary>One stream and who listens to it. Touched while the exchange's gate is held.</summary>
/// <param name="text">Its name exactly as it is subscribed to.</param>
internal sealed class Topic(string text)
{
    private readonly byte[] _opening =
        Encoding.UTF8.GetBytes($"{{\"stream\":\"{JsonEncodedText.Encode(text, WireJson.Written.Encoder)}\",\"data\":");

    private readonly List<StreamConnection> _readers = [];

    public string Text { get; } = text;

    /// <summary>What it tells; without meaning for an account's stream.</summary>
    public StreamName Name { get; init; }

    /// <summary>Number of the time span in which the last message was sent.</summary>
    public long LastSpan { get; set; } = -1;

    /// <summary>Of partial depth: u of the last message.</summary>
    public long LastUpdateId { get; set; }

    /// <summary>Changes of the book that wait for the next message.</summary>
    public DepthMerge? Merge { get; init; }

    public bool HasReaders => _readers.Count > 0;

    /// <summary>True in the first call within each span of the stream's rate.</summary>
    public bool IsDue(long marketMs)
    {
        if (Name.RateMs == 0) return true;
        var span = marketMs / Name.RateMs;
        if (span == LastSpan) return false;
        LastSpan = span;
        return true;
    }

    public void Add(StreamConnection reader)
    {
        if (!_readers.Contains(reader)) _readers.Add(reader);
    }

    public void Remove(StreamConnection reader) => _readers.Remove(reader);

    /// <summary>Sends an event to everybody who listens.</summary>
    /// <param name="raw">The event itself, <c>{"e":…}</c>.</param>
    /// <param name="symbol">Its symbol, or null.</param>
    /// <param name="faults">What goes wrong on the way.</param>
    /// <param name="type">For an account's event its type; faults know it by that.</param>
    public void Send(ReadOnlyMemory<byte> raw, string? symbol, FaultControl faults, string? type = null)
    {
        var known = type ?? Text;
        if (faults.TouchesStreams)
        {
            if (faults.OfStream(FaultKind.UnknownFields, known, symbol) is not null) raw = Spoiled.WithUnknownField(raw);
            if (faults.OfStream(FaultKind.UnknownEnums, known, symbol) is not null)
                SendAll(Spoiled.UnknownEvent, known, symbol, faults, type);
            if (faults.OfStream(FaultKind.RubbishEvent, known, symbol) is { } rubbish) raw = Spoiled.Rubbish(raw, rubbish.Dice);
        }

        SendAll(raw, known, symbol, faults, type);
    }

    private void SendAll(ReadOnlyMemory<byte> raw, string known, string? symbol, FaultControl faults, string? type)
    {
        ReadOnlyMemory<byte> combined = default;
        foreach (var reader in _readers)
        {
            if (type is not null && reader.Types?.Contains(type) == false) continue;
            if (reader.IsCombined && combined.IsEmpty) combined = Combine(raw);
            reader.Deliver(reader.IsCombined ? combined : raw, known, symbol, faults);
        }
    }

    private byte[] Combine(ReadOnlyMemory<byte> raw)
    {
        var message = new byte[_opening.Length + raw.Length + 1];
        _opening.CopyTo(message, 0);
        raw.Span.CopyTo(message.AsSpan(_opening.Length));
        message[^1] = (byte)'}';
        return message;
    }
}
