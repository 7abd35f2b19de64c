using System.Buffers.Text;
using System.Text;

namespace FuturesBot.Engine.Ledger;

/// <summary>
/// Checks a ledger byte by byte: every edit, omission, insertion, repetition and reordering breaks the
/// chain. A tail that was cut off cleanly is missed by its footer, and a chain that was rewritten whole by
/// the root that was published elsewhere (spec 2.20 #5).
/// </summary>
public static class LedgerVerifier
{
    /// <summary>Bytes of one line; a decision with all its predicates has about 1,200.</summary>
    private const int LineBytesMax = 1 << 24;

    /// <param name="ledger">Read from its current position to its end.</param>
    /// <param name="expectFooter">True when the ledger was closed, as a backtest's is.</param>
    /// <param name="expectedRoot">
    /// A hash as it was published, or its first digits; null when there is none to compare. Of a ledger with a footer it is that of the
    /// last line; one that goes on has the line that it was told of somewhere.
    /// </param>
    /// <param name="from">Where the chain must begin; the start when null.</param>
    public static LedgerVerdict Verify(
        Stream ledger, bool expectFooter = true, string? expectedRoot = null, LedgerPosition? from = null)
    {
        var chain = new Chain(from ?? LedgerPosition.Start, expectedRoot);
        var buffer = new byte[1 << 16];
        var (held, line, fault) = (0, 1L, (string?)null);
        while (fault is null)
        {
            var count = ledger.Read(buffer.AsSpan(held));
            if (count == 0) break;
            held += count;
            var start = 0;
            while (fault is null)
            {
                var length = buffer.AsSpan(start, held - start).IndexOf((byte)'\n');
                if (length < 0) break;
                fault = chain.Take(buffer.AsSpan(start, length));
                if (fault is null) line++;
                start += length + 1;
            }

            buffer.AsSpan(start, held - start).CopyTo(buffer);
            held -= start;
            if (held < buffer.Length) continue;
            if (held >= LineBytesMax) fault ??= $"the line is longer than {LineBytesMax} bytes";
            else Array.Resize(ref buffer, held * 2);
        }

        if (fault is null && held > 0) fault = "the line is cut short: it has no line feed";
        return chain.Verdict(line, fault ?? chain.AtEnd(expectFooter));
    }

    private sealed class Chain(LedgerPosition from, string? expectedRoot)
    {
        private readonly byte[] _expected = Encoding.ASCII.GetBytes(expectedRoot?.ToLowerInvariant() ?? "");
        private readonly byte[] _last = Encoding.ASCII.GetBytes(from.Hash);
        private long _seq = from.Seq;
        private long _bytes;
        private bool _footer;
        private long? _foundSeq;

        /// <summary>Adds a line; what is wrong with it, or null.</summary>
        public string? Take(ReadOnlySpan<byte> line)
        {
            if (_footer) return "something follows the footer";
            if (!TrySplit(line, out var seq, out var prev, out var kind, out var hash))
                return "the line has not the form {\"seq\":…,\"prev\":…,\"kind\":…,…,\"hash\":…}";

            Span<byte> body = line.Length <= 4096 ? stackalloc byte[line.Length] : new byte[line.Length];
            var bodyBytes = line.Length - LedgerFormat.TailBytes;
            line[..bodyBytes].CopyTo(body);
            body[bodyBytes] = (byte)'}';
            Span<byte> right = stackalloc byte[LedgerFormat.HashChars];
            LedgerFormat.Hash(body[..(bodyBytes + 1)], right);

            if (!right.SequenceEqual(hash)) return "the line was changed: its hash does not match its text";
            if (seq != _seq + 1)
                return $"seq is {seq}, expected {_seq + 1}: lines are missing, repeated or moved";
            if (!prev.SequenceEqual(_last)) return "prev is not the hash of the line before";
            hash.CopyTo(_last);
            _seq = seq;
            if (_expected.Length > 0 && hash.StartsWith(_expected)) _foundSeq = seq;
            _bytes += line.Length + 1;
            _footer = kind.SequenceEqual(Encoding.ASCII.GetBytes(LedgerKind.Footer));
            return null;
        }

        public string? AtEnd(bool expectFooter)
        {
            if (expectFooter && !_footer) return "the ledger ends without its footer: its tail is missing";
            if (_expected.Length == 0 || (_footer ? _foundSeq == _seq : _foundSeq is not null)) return null;
            const string Because = "lines are missing, or the chain was written anew";
            return _footer
                ? $"the root is {Encoding.ASCII.GetString(_last)}, expected {expectedRoot}: {Because}"
                : $"no line has the hash {expectedRoot}: {Because}";
        }

        public LedgerVerdict Verdict(long line, string? fault) => new(
            new(_seq, Encoding.ASCII.GetString(_last)), _bytes, _footer, fault is null ? null : line, fault)
        { RootSeq = _foundSeq };

        private static bool TrySplit(
            ReadOnlySpan<byte> line,
            out long seq,
            out ReadOnlySpan<byte> prev,
            out ReadOnlySpan<byte> kind,
            out ReadOnlySpan<byte> hash)
        {
            seq = 0;
            prev = kind = hash = default;
            if (line.Length < LedgerFormat.TailBytes || !line.StartsWith(LedgerFormat.SeqHead)) return false;

            var tail = line[^LedgerFormat.TailBytes..];
            if (!tail.StartsWith(LedgerFormat.HashHead) || !tail.EndsWith(LedgerFormat.End)) return false;
            hash = tail.Slice(LedgerFormat.HashHead.Length, LedgerFormat.HashChars);

            var rest = line[LedgerFormat.SeqHead.Length..^LedgerFormat.TailBytes];
            if (!Utf8Parser.TryParse(rest, out seq, out var digits)) return false;
            if (!TryCut(ref rest, digits, LedgerFormat.PrevHead) || rest.Length < LedgerFormat.HashChars)
                return false;
            prev = rest[..LedgerFormat.HashChars];
            if (!TryCut(ref rest, LedgerFormat.HashChars, LedgerFormat.KindHead)) return false;
            var end = rest.IndexOf((byte)'"');
            if (end < 0) return false;
            kind = rest[..end];
            return true;
        }

        /// <summary>
        /// Skips <paramref name="skip"/> bytes and then <paramref name="head"/>, which must stand there.
        /// </summary>
        private static bool TryCut(ref ReadOnlySpan<byte> rest, int skip, ReadOnlySpan<byte> head)
        {
            if (!rest[skip..].StartsWith(head)) return false;
            rest = rest[(skip + head.Length)..];
            return true;
        }
    }
}
