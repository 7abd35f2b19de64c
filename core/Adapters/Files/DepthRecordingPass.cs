using System.Text.Json;
using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Files;

/// <summary>
/// Reads a recording once from its beginning to its end and passes on its depth updates and snapshots in their order,
/// whatever the symbols. Events of other kinds are left out.
/// </summary>
public abstract class DepthRecordingPass : IMarketEvents
{
    private readonly SymbolTable _symbols = new();
    private readonly StreamDecoder _decoder;

    protected DepthRecordingPass() => _decoder = new(_symbols);

    /// <summary>Number of the present line, counted from 1.</summary>
    public long Line { get; private set; }

    /// <summary>When the present line was received, Unix milliseconds; −1 when it does not say.</summary>
    protected long ReceivedMs { get; private set; }

    void IMarketEvents.OnDepth(DepthUpdate update) => OnUpdate(_symbols[update.SymbolIndex], update);

    void IMarketEvents.OnFault(StreamFault fault, ReadOnlySpan<byte> message)
    {
        if (fault == StreamFault.UnknownSymbol && TryAddSymbol(message)) _decoder.Decode(message, this);
        else if (fault != StreamFault.NotAnEvent || !TrySnapshot(message)) OnFault(Sentence(fault));
    }

    void IMarketEvents.OnAggTrade(in AggTrade trade)
    {
    }

    void IMarketEvents.OnKline(in KlineUpdate kline)
    {
    }

    void IMarketEvents.OnBookTicker(in BookTicker ticker)
    {
    }

    void IMarketEvents.OnMarkPrice(in MarkPriceUpdate mark)
    {
    }

    void IMarketEvents.OnAnswer(in StreamAnswer answer, ReadOnlySpan<byte> message)
    {
    }

    void IMarketEvents.OnOther(StreamEventKind kind, ReadOnlySpan<byte> data)
    {
    }

    /// <exception cref="KlineFileException">The file cannot be opened, is damaged or cut short.</exception>
    protected void Read(string path, CancellationToken cancel)
    {
        using var reader = new DepthRecordingReader(path);
        while (reader.TryRead(out var message))
        {
            cancel.ThrowIfCancellationRequested();
            Line = reader.Line;
            ReceivedMs = reader.ReceivedNs < 0 ? -1 : reader.ReceivedNs / 1_000_000;
            if (message.IsEmpty) OnFault($"longer than {DepthRecordingReader.LineBytesMax:N0} bytes");
            else _decoder.Decode(message, this);
        }
    }

    protected abstract void OnUpdate(Symbol symbol, DepthUpdate update);

    protected abstract void OnSnapshot(DepthSnapshot snapshot);

    protected abstract void OnFault(string reason);

    private static string Sentence(StreamFault fault) => fault switch
    {
        StreamFault.Malformed => "no whole JSON",
        StreamFault.NotAnEvent => "neither an event nor a snapshot",
        StreamFault.Missing => "a field is missing",
        StreamFault.Duplicate => "a field stands in it twice",
        StreamFault.WrongType => "a field has another type",
        StreamFault.Negative => "a number is negative",
        StreamFault.TooLarge => "a number is too large",
        StreamFault.TooFine => "a number is finer than 10⁻⁸",
        StreamFault.TooManyLevels => $"more than {DepthUpdate.LevelsMax:N0} levels on one side",
        StreamFault.UnknownSymbol => "its symbol is no name of a contract",
        _ => "its numbers contradict each other",
    };

    private bool TrySnapshot(ReadOnlySpan<byte> message)
    {
        if (!DepthSnapshotText.TryRead(message, default, out var snapshot, out var fault)) return false;
        if (snapshot is not null) OnSnapshot(snapshot);
        else OnFault(fault!);
        return true;
    }

    /// <summary>A recording brings its symbols with it: each becomes known when it is met.</summary>
    private bool TryAddSymbol(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("s"u8)) continue;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String || !Symbol.TryParse(reader.GetString(), out var symbol))
                continue;
            var known = _symbols.Count;
            _symbols.Add(symbol);
            return _symbols.Count > known;
        }

        return false;
    }
}
