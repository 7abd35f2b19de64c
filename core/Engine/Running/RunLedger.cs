using System.Text.Json;
using FuturesBot.Domain;
using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Ledger;
using FuturesBot.Engine.Recording;

namespace FuturesBot.Engine.Running;

/// <summary>The ledger of a running system: it is never closed, and goes on exactly behind its last committed line.</summary>
public sealed class RunLedger : IDisposable
{
    private readonly Stream _file;
    private readonly LedgerPieceStream? _pieces;
    private readonly LedgerWriter _writer;
    private LedgerDay? _day;
    private DayRoot? _root;
    private long _dayFrom;   // length of the ledger where the day begins

    /// <param name="file">The ledger, for reading and writing.</param>
    /// <param name="mark">What of it is committed; the rest is cut off.</param>
    /// <param name="depth">How much is written from here on.</param>
    /// <exception cref="InvalidDataException">The file is shorter than what was committed.</exception>
    public RunLedger(Stream file, LedgerMark mark, LedgerDepth depth = LedgerDepth.Lean)
    {
        if (file.Length < mark.Bytes)
            throw new InvalidDataException($"The ledger has {file.Length} bytes, the store says {mark.Bytes}: its end was cut off");
        file.SetLength(mark.Bytes);
        file.Seek(0, SeekOrigin.End);
        _pieces = file as LedgerPieceStream;
        _pieces?.Resume(mark.Day);
        (_day, _root, _dayFrom) = (mark.Day, mark.Root, mark.Bytes - (mark.Day?.Bytes ?? 0));
        _file = file;
        _writer = new(file, new LedgerPosition(mark.Seq, mark.Hash), leaveOpen: true);
        Depth = depth;
        Recorder = depth == LedgerDepth.Off ? null : new(_writer, depth);
    }

    public LedgerDepth Depth { get; }

    /// <summary>Null with the ledger off.</summary>
    public LedgerRecorder? Recorder { get; }

    public LedgerPosition Position => _writer.Position;

    /// <summary>Its last line, and the end of its last day that is over.</summary>
    public LedgerStanding Standing => new(Position.Seq, Position.Hash, _root);

    /// <summary>Lines that the next commit makes durable; empty with a file, which has them.</summary>
    public IReadOnlyList<LedgerPiece> Unsaved => _pieces?.Unsaved ?? [];

    /// <summary>Days that the next commit closes.</summary>
    public IReadOnlyList<DayRoot> UnsavedRoots => _pieces?.UnsavedRoots ?? [];

    /// <summary>The commit is done.</summary>
    public void Saved() => _pieces?.Saved();

    /// <summary>What is written from here on belongs to the UTC day in which a bar closes; its midnight is the day's before.</summary>
    public void Turn(long closeMs)
    {
        var day = LedgerDays.DayOf(closeMs);
        if (_day is { } present && day <= present.Day) return;
        _writer.Flush();
        var last = _writer.Position;
        if (_day is { FirstSeq: > 0 } over && last.Seq >= over.FirstSeq)
            _root = new(over.Day, over.FirstSeq, last.Seq, _file.Position - _dayFrom, last.Hash);
        var isWhole = _day is not null || last.Seq == 0;
        _day = new(day, 0, isWhole ? last.Seq + 1 : 0);
        _dayFrom = _file.Position;
        _pieces?.Turn(day, last);
    }

    /// <summary>The first line: what decides in this run.</summary>
    public void Begin(KernelOptions options, RunIdentity identity, IReadOnlyList<SymbolListing> listings)
    {
        Turn(identity.DecideFromMs + 1);   // the first day that has decisions
        _writer.Write(LedgerKind.Header, json =>
        {
            json.WriteNumber("kernel", Backtesting.LedgerHeader.KernelVersion);
            json.WriteString("depth", Depth.ToString());
            json.WritePropertyName("run");
            JsonSerializer.Serialize(json, identity, SignalJson.Options);
            json.WritePropertyName("options");
            JsonSerializer.Serialize(json, options);
            json.WriteStartObject("symbols");
            foreach (var listing in listings.OrderBy(listing => listing.Symbol))
            {
                json.WritePropertyName(listing.Symbol.Name);
                JsonSerializer.Serialize(json, listing.Rules);
            }

            json.WriteEndObject();
        });
    }

    /// <summary>A symbol's rules from here on; the first line has those of the beginning.</summary>
    public void Listing(long atMs, SymbolListing listing)
    {
        if (Recorder is null) return;
        _writer.Write(LedgerKind.Listing, json =>
        {
            json.WriteNumber("time", atMs);
            json.WriteString("symbol", listing.Symbol.Name);
            json.WritePropertyName("rules");
            JsonSerializer.Serialize(json, listing.Rules);
        });
    }

    /// <summary>The inputs of a closing time that candles do not hold, by symbol; a symbol of which nothing is known is left out.</summary>
    public void Contexts(long closeMs, IReadOnlyList<SymbolDesk> desks)
    {
        if (Recorder is null || desks.All(desk => desk.Context == MarketContext.Unavailable)) return;
        _writer.Write(LedgerKind.Context, json =>
        {
            json.WriteNumber("time", closeMs);
            json.WriteStartObject("symbols");
            foreach (var desk in desks)
            {
                if (desk.Context == MarketContext.Unavailable) continue;
                json.WriteStartObject(desk.Symbol.Name);
                Write(json, "depth_imbalance", desk.Context.DepthImbalance);
                Write(json, "depth_imbalance_median", desk.Context.DepthImbalanceMedian);
                Write(json, "open_interest_change", desk.Context.OpenInterestChange);
                Write(json, "open_interest_change_rank", desk.Context.OpenInterestChangeRank);
                Write(json, "funding_z", desk.Context.FundingZ);
                Write(json, "spread", desk.Context.SpreadFraction);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        });
    }

    /// <summary>From this closing time on new entries are halted, or (null) allowed again.</summary>
    public void Halt(long closeMs, EntryHalt? halt)
    {
        if (Recorder is null) return;
        _writer.Write(LedgerKind.Halt, json =>
        {
            json.WriteNumber("time", closeMs);
            json.WriteBoolean("halted", halt is not null);
            if (halt is null) return;
            json.WriteNumber("asked_at", halt.AtMs);
            json.WriteString("by", halt.By);
        });
    }

    /// <summary>The kernel was folded anew from stored candles up to a moment.</summary>
    public void Rebuilt(long atMs, string why)
    {
        if (Recorder is null) return;
        _writer.Write(LedgerKind.Rebuilt, json =>
        {
            json.WriteNumber("time", atMs);
            json.WriteString("why", why);
        });
    }

    /// <summary>Hands all lines to the file and says how far it reaches now.</summary>
    public LedgerMark Mark()
    {
        _writer.Flush();
        return new(_writer.Position.Seq, _writer.Position.Hash, _file.Position)
        {
            Day = _day is { } day ? day with { Bytes = _file.Position - _dayFrom } : null,
            Root = _root,
        };
    }

    // Unavailable is left out, never 0.
    private static void Write(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _file.Dispose();
    }
}
