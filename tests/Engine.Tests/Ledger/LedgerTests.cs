using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FuturesBot.Engine.Ledger;
using Xunit;

namespace FuturesBot.Engine.Tests.Ledger;

public sealed class LedgerTests
{
    private static readonly byte[] Sample = Write();

    [Fact]
    public void Write_EachLine_IsJsonWithSeqPrevKindFirstAndHashLast()
    {
        var lines = Lines(Sample);
        var prev = new string('0', 64);
        for (var i = 0; i < lines.Length; i++)
        {
            using var json = JsonDocument.Parse(lines[i]);
            var names = json.RootElement.EnumerateObject().Select(property => property.Name).ToArray();
            Assert.Equal(["seq", "prev", "kind"], names[..3]);
            Assert.Equal("hash", names[^1]);
            Assert.Equal(i + 1, json.RootElement.GetProperty("seq").GetInt64());
            Assert.Equal(prev, json.RootElement.GetProperty("prev").GetString());
            prev = json.RootElement.GetProperty("hash").GetString()!;

            // The definition, spelled out: SHA-256 of the line without its hash field.
            var without = lines[i].Replace($",\"hash\":\"{prev}\"", "");
            Assert.Equal(prev, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(without))));
        }
    }

    [Fact]
    public void Write_UnavailableNumberAndRussianText_AreNullAndReadable()
    {
        Assert.Contains("\"adx\":null", Encoding.UTF8.GetString(Sample), StringComparison.Ordinal);
        Assert.Contains("отказ", Encoding.UTF8.GetString(Sample), StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_WholeLedger_GivesItsRoot()
    {
        var verdict = Verify(Sample);

        Assert.True(verdict.IsWhole, verdict.ToString());
        Assert.True(verdict.HasFooter);
        Assert.Equal(7, verdict.Last.Seq);
        Assert.Equal(Sample.Length, verdict.Bytes);
        Assert.True(Verify(Sample, root: verdict.Last.Hash).IsWhole);
    }

    [Fact]
    public void Verify_AnyByteChanged_NamesItsLine()
    {
        var line = 1L;
        for (var at = 0; at < Sample.Length; at++)
        {
            foreach (var flip in (byte[])[1, 0x20, 0x80])
            {
                var bytes = Sample.ToArray();
                bytes[at] ^= flip;
                var verdict = Verify(bytes);
                Assert.True(verdict.FaultLine == line, $"byte {at} ^ {flip} in line {line}: {verdict}");
            }

            if (Sample[at] == '\n') line++;
        }
    }

    [Fact]
    public void Verify_AnyByteRemovedOrInserted_IsFound()
    {
        for (var at = 0; at < Sample.Length; at++)
        {
            Assert.False(Verify([.. Sample[..at], .. Sample[(at + 1)..]]).IsWhole, $"byte {at} removed");
            Assert.False(Verify([.. Sample[..at], (byte)' ', .. Sample[at..]]).IsWhole, $"space before byte {at}");
            Assert.False(Verify([.. Sample[..at], (byte)'\n', .. Sample[at..]]).IsWhole, $"line feed before byte {at}");
        }

        Assert.False(Verify([.. Sample, (byte)'\n']).IsWhole);
    }

    [Fact]
    public void Verify_CutAnywhere_IsFound()
    {
        for (var length = 0; length < Sample.Length; length++)
            Assert.False(Verify(Sample[..length]).IsWhole, $"cut to {length} bytes");
    }

    [Fact]
    public void Verify_AnyLineRemovedRepeatedOrMoved_IsFound()
    {
        var lines = Lines(Sample);
        for (var i = 0; i < lines.Length; i++)
        {
            Assert.False(VerifyLines([.. lines[..i], .. lines[(i + 1)..]]).IsWhole, $"line {i + 1} removed");
            Assert.False(VerifyLines([.. lines[..i], lines[i], .. lines[i..]]).IsWhole, $"line {i + 1} repeated");
            for (var j = i + 1; j < lines.Length; j++)
            {
                var swapped = lines.ToArray();
                (swapped[i], swapped[j]) = (swapped[j], swapped[i]);
                var verdict = VerifyLines(swapped);
                Assert.True(verdict.FaultLine == i + 1, $"lines {i + 1} and {j + 1} swapped: {verdict}");
            }
        }
    }

    [Fact]
    public void Verify_ChainWrittenAnew_IsFoundByThePublishedRoot()
    {
        var root = Verify(Sample).Last.Hash;
        var other = Write(because: "another reason");

        Assert.True(Verify(other).IsWhole);
        Assert.Contains("expected " + root, Verify(other, root: root).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_TailCutCleanly_IsMissedByFooterOrRoot()
    {
        var cut = Encoding.UTF8.GetBytes(string.Concat(Lines(Sample)[..^2].Select(line => line + "\n")));

        Assert.Contains("without its footer", Verify(cut).Fault, StringComparison.Ordinal);
        Assert.True(Verify(cut, footer: false).IsWhole);
        Assert.False(Verify(cut, footer: false, root: Verify(Sample).Last.Hash).IsWhole);
    }

    [Fact]
    public void Verify_WriterDiedInALine_SaysFromWhereToGoOn()
    {
        var verdict = Verify(Sample[..^100], footer: false);
        Assert.False(verdict.IsWhole);

        using var stream = new MemoryStream();
        stream.Write(Sample.AsSpan(0, (int)verdict.Bytes));
        using (var writer = new LedgerWriter(stream, verdict.Last, leaveOpen: true)) writer.WriteFooter();

        Assert.True(Verify(stream.ToArray()).IsWhole);
    }

    [Fact]
    public void Write_AfterTheFooter_Throws()
    {
        using var writer = new LedgerWriter(new MemoryStream());
        writer.WriteFooter();
        Assert.Throws<InvalidOperationException>(() => writer.WriteBar(0, 0, new byte[32]));
    }

    [Fact]
    public void WriteBar_Warm_AllocatesNothing()
    {
        using var writer = new LedgerWriter(Stream.Null);
        var digest = new byte[LedgerDigest.Bytes];
        for (var i = 0; i < 2000; i++) writer.WriteBar(i, 3, digest);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 2000; i++) writer.WriteBar(i, 3, digest);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100);
    }

    [Fact]
    public void Digest_OneBitOrOrderOtherwise_IsAnotherDigest()
    {
        var digests = new HashSet<string>(StringComparer.Ordinal)
        {
            Digest(1.0, 2.0), Digest(2.0, 1.0), Digest(1.0, BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(2.0) + 1)),
            Digest(0.0, 0.0), Digest(-0.0, 0.0), Digest(double.NaN, 0.0),
        };
        Assert.Equal(6, digests.Count);
        Assert.Contains(Digest(1.0, 2.0), digests);
    }

    [Fact]
    public void Digest_ManyValues_AreHashedWhole()
    {
        var digest = new LedgerDigest();
        using var expected = new MemoryStream();
        for (var i = 0L; i < 5000; i++)
        {
            digest.Add(i);
            digest.Add((byte)(i & 255));
            expected.Write(BitConverter.GetBytes(i));
            expected.WriteByte((byte)(i & 255));
        }

        var taken = new byte[LedgerDigest.Bytes];
        digest.Take(taken);
        Assert.Equal(SHA256.HashData(expected.ToArray()), taken);
    }

    private static string Digest(params double[] values)
    {
        var digest = new LedgerDigest();
        foreach (var value in values) digest.Add(value);
        var taken = new byte[LedgerDigest.Bytes];
        digest.Take(taken);
        return Convert.ToHexString(taken);
    }

    [Fact]
    public void Verify_OfALedgerThatGoesOn_FindsTheLineThatWasPublishedByItsFirstDigits()
    {
        var lines = Lines(Write())[..^1];   // without the footer
        var bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
        var published = lines[2][^66..^2];

        Assert.Equal(3, Verify(bytes, footer: false, published[..12].ToUpperInvariant()).RootSeq);
        Assert.Equal(3, Verify(bytes, footer: false, published).RootSeq);
        var other = Verify(bytes, footer: false, "0123456789ab");
        Assert.Contains("no line has the hash 0123456789ab", other.Fault, StringComparison.Ordinal);
        // A closed one has the root in its last line and nowhere else.
        Assert.Contains("expected " + published, Verify(Write(), footer: true, published).Fault, StringComparison.Ordinal);
    }

    private static byte[] Write(string because = "отказ")
    {
        using var stream = new MemoryStream();
        using (var writer = new LedgerWriter(stream, leaveOpen: true))
        {
            writer.Write(LedgerKind.Header, json => json.WriteString("profile", "default"));
            writer.WriteBar(900_000, 12, SHA256.HashData([1]));
            writer.Write(LedgerKind.Decision, new Refused(because));
            writer.WriteBar(1_800_000, 12, SHA256.HashData([2]));
            writer.Write(LedgerKind.Event, json => json.WriteString("id", "quote \" and \\ and \n"));
            writer.WriteBar(2_700_000, 12, SHA256.HashData([3]));
            writer.WriteFooter();
        }

        return stream.ToArray();
    }

    private static string[] Lines(byte[] ledger) =>
        Encoding.UTF8.GetString(ledger).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static LedgerVerdict VerifyLines(string[] lines) =>
        Verify(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));

    private static LedgerVerdict Verify(byte[] ledger, bool footer = true, string? root = null) =>
        LedgerVerifier.Verify(new MemoryStream(ledger), footer, root);

    private readonly struct Refused(string because) : ILedgerPayload
    {
        public void WriteTo(Utf8JsonWriter json)
        {
            json.WriteString("because", because);
            json.WriteNumberOrNull("adx", double.NaN);
            json.WriteNumberOrNull("rsi", 61.25);
        }
    }
}
