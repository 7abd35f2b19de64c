using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FuturesBot.Engine.Ledger;

/// <summary>
/// Appends hash-chained lines to a stream; <see cref="LedgerFormat"/> says how. One writer per ledger, one
/// thread. A line allocates nothing beyond what its payload does.
/// </summary>
public sealed class LedgerWriter : IDisposable
{
    private const int FlushBytes = 1 << 16;

    private static readonly JsonEncodedText Seq = JsonEncodedText.Encode("seq");
    private static readonly JsonEncodedText Prev = JsonEncodedText.Encode("prev");
    private static readonly JsonEncodedText Kind = JsonEncodedText.Encode("kind");
    private static readonly JsonEncodedText Time = JsonEncodedText.Encode("time");
    private static readonly JsonEncodedText Count = JsonEncodedText.Encode("count");
    private static readonly JsonEncodedText Digest = JsonEncodedText.Encode("digest");

    private readonly Stream _output;
    private readonly bool _leaveOpen;
    private readonly ArrayBufferWriter<byte> _line = new(4096);
    private readonly ArrayBufferWriter<byte> _waiting = new(FlushBytes * 2);
    private readonly byte[] _hash;
    private readonly Utf8JsonWriter _json;
    private long _seq;
    private bool _closed;

    /// <param name="output">Where lines are appended.</param>
    /// <param name="from">The last line that is there already; the start when null.</param>
    /// <param name="leaveOpen">True when the caller closes the stream.</param>
    public LedgerWriter(Stream output, LedgerPosition? from = null, bool leaveOpen = false)
    {
        var position = from ?? LedgerPosition.Start;
        if (position.Hash.Length != LedgerFormat.HashChars)
            throw new ArgumentException($"Hash was '{position.Hash}', not 64 hex digits", nameof(from));
        _output = output;
        _leaveOpen = leaveOpen;
        _seq = position.Seq;
        _hash = Encoding.ASCII.GetBytes(position.Hash);
        _json = new(_line, new JsonWriterOptions
        {
            SkipValidation = true,   // of our own calls: tests do it
            // Russian stays readable; no HTML is near.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
    }

    /// <summary>The last line.</summary>
    public LedgerPosition Position => new(_seq, Encoding.ASCII.GetString(_hash));

    /// <summary>Appends a line.</summary>
    /// <param name="kind">One of <see cref="LedgerKind"/>.</param>
    /// <param name="payload">Writes the line's own properties.</param>
    /// <returns>The line's number.</returns>
    public long Write<T>(string kind, in T payload)
        where T : ILedgerPayload
    {
        Begin(kind);
        payload.WriteTo(_json);
        return Finish();
    }

    /// <inheritdoc cref="Write{T}(string, in T)"/>
    public long Write(string kind, Action<Utf8JsonWriter> payload)
    {
        Begin(kind);
        payload(_json);
        return Finish();
    }

    /// <summary>Appends the line of one closing time.</summary>
    /// <param name="timeMs">Closing time, UTC, Unix milliseconds.</param>
    /// <param name="count">How many decisions the digest covers.</param>
    /// <param name="digest">Hash over their predicates, as <see cref="LedgerDigest"/> makes it.</param>
    /// <returns>The line's number.</returns>
    public long WriteBar(long timeMs, int count, ReadOnlySpan<byte> digest)
    {
        Span<byte> hex = stackalloc byte[digest.Length * 2];
        LedgerFormat.ToHex(digest, hex);
        Begin(LedgerKind.Bar);
        _json.WriteNumber(Time, timeMs);
        _json.WriteNumber(Count, count);
        _json.WriteString(Digest, hex);
        return Finish();
    }

    /// <summary>
    /// Closes the ledger: nothing can follow, and a verifier misses the tail if this line is gone.
    /// </summary>
    /// <returns>The footer's hash: the root of the whole ledger.</returns>
    public string WriteFooter()
    {
        Begin(LedgerKind.Footer);
        _json.WriteNumber("lines", _seq + 1);
        Finish();
        _closed = true;
        return Position.Hash;
    }

    /// <summary>Hands everything to the stream and flushes it.</summary>
    public void Flush()
    {
        HandOver();
        _output.Flush();
    }

    /// <summary>Hands everything over; writes no footer.</summary>
    public void Dispose()
    {
        Flush();
        _json.Dispose();
        if (!_leaveOpen) _output.Dispose();
    }

    private void Begin(string kind)
    {
        if (_closed) throw new InvalidOperationException("The ledger has its footer; nothing can follow");
        _line.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteNumber(Seq, _seq + 1);
        _json.WriteString(Prev, _hash);
        _json.WriteString(Kind, kind);
    }

    private long Finish()
    {
        _json.WriteEndObject();
        _json.Flush();
        var body = _line.WrittenSpan;
        LedgerFormat.Hash(body, _hash);
        _waiting.Write(body[..^1]);   // without the closing brace
        _waiting.Write(LedgerFormat.HashHead);
        _waiting.Write(_hash);
        _waiting.Write(LedgerFormat.End);
        _waiting.Write("\n"u8);
        if (_waiting.WrittenCount >= FlushBytes) HandOver();
        return ++_seq;
    }

    private void HandOver()
    {
        _output.Write(_waiting.WrittenSpan);
        _waiting.ResetWrittenCount();
    }
}
