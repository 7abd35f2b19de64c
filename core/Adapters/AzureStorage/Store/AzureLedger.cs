using System.Globalization;
using System.Runtime.CompilerServices;
using FuturesBot.Adapters.AzureStorage.Blobs;
using FuturesBot.Engine.Ledger;

namespace FuturesBot.Adapters.AzureStorage.Store;

/// <summary>
/// The ledger of one shard: an append blob a UTC day, and the root of each day that is over as a blob that is written once.
/// One writer; the chain runs across the days.
/// </summary>
/// <remarks>
/// An append blob cannot be cut back, so lines come here from committed records alone (<see cref="CommitRecord"/>), each at the
/// position that was committed with it: whoever works a record in again finds its lines there and appends nothing twice.
/// A blob takes 50,000 appends; a closing time makes one at most, and a day has 1,440. Beyond it nothing is appended, the run ends
/// and says so.
/// </remarks>
public sealed class AzureLedger
{
    /// <summary>The shard that there is where nobody has made more.</summary>
    public const string MainShard = "main";

    private const string DayFormat = "yyyy-MM-dd";

    private readonly BlobContainer _lines;
    private readonly BlobContainer _roots;
    private readonly string _shard;

    /// <param name="account">Where.</param>
    /// <param name="prefix">Stands before the containers' names.</param>
    /// <param name="shard">Whose ledger.</param>
    public AzureLedger(StorageAccount account, string prefix, string shard)
    {
        (_lines, _roots, _shard) = (account.Container(prefix + "-ledger"), account.Container(prefix + "-roots"), shard);
    }

    /// <summary>Where it lies, for people.</summary>
    public string Place => $"{_lines.Name}/{_shard}/";

    internal async Task CreateAsync(CancellationToken cancel)
    {
        await _lines.CreateAsync(cancel);
        await _roots.CreateAsync(cancel);
    }

    /// <summary>Makes the blob of a day hold these lines at their position; a second time changes nothing.</summary>
    /// <exception cref="InvalidDataException">The blob is shorter than what was committed, or holds something else there.</exception>
    internal async Task WorkInAsync(LedgerPiece piece, CancellationToken cancel)
    {
        var blob = NameOf(piece.Day);
        if (piece.From == 0) await _lines.CreateAppendAsync(blob, cancel);
        for (var at = 0; at < piece.Lines.Length;)
        {
            var part = piece.Lines.Slice(at, Math.Min(BlobContainer.AppendMaxBytes, piece.Lines.Length - at));
            if (await _lines.AppendAsync(blob, piece.From + at, part, cancel: cancel) != BlobOutcome.Done)
                part = await FindAsync(blob, piece.From + at, part, cancel);
            at += part.Length;
        }
    }

    /// <summary>Publishes the end of a day. One that is there already stays, whatever it says.</summary>
    /// <exception cref="InvalidDataException">Another one was published.</exception>
    internal async Task PublishAsync(DayRoot root, CancellationToken cancel)
    {
        var blob = RootOf(root.Day);
        if ((await _roots.PutAsync(blob, root.ToBytes(), ifNew: true, cancel: cancel)).Outcome == BlobOutcome.Done) return;
        var there = await RootAsync(root.Day, cancel);
        if (there != root)
        {
            throw new InvalidDataException(
                $"The ledger's root of {Text(root.Day)} was published as {there?.Hash ?? "nothing"} and is {root.Hash} now: another ledger of shard '{_shard}' was kept here");
        }
    }

    /// <summary>The days that it has, in order.</summary>
    public async IAsyncEnumerable<DateOnly> DaysAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        await foreach (var item in _lines.ListAsync(_shard + "/", cancel: cancel))
        {
            if (DateOnly.TryParseExact(Path.GetFileNameWithoutExtension(item.Name), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                yield return day;
        }
    }

    /// <summary>The published root of a day; null when there is none.</summary>
    /// <exception cref="InvalidDataException">What is there is no root.</exception>
    public async Task<DayRoot?> RootAsync(DateOnly day, CancellationToken cancel = default) =>
        await _roots.GetAsync(RootOf(day), cancel: cancel) is { } content ? DayRoot.From(content.Bytes.Span) : null;

    /// <summary>Copies a day's lines behind what a stream holds; how many bytes. A day may be written while it is read.</summary>
    public async Task<long> CopyAsync(DateOnly day, Stream to, CancellationToken cancel = default)
    {
        var copied = 0L;
        while (await _lines.GetAsync(NameOf(day), copied, BlobContainer.AppendMaxBytes, cancel) is { Bytes.Length: > 0 } part)
        {
            await to.WriteAsync(part.Bytes, cancel);
            copied += part.Bytes.Length;
        }

        return copied;
    }

    /// <summary>
    /// Checks the chain over all days, and each published root against it: a chain that was written anew as a whole is whole, but ends
    /// its days elsewhere.
    /// </summary>
    /// <param name="copy">Where the lines go too, one day after the other; null: nowhere.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task<AzureLedgerVerdict> VerifyAsync(Stream? copy = null, CancellationToken cancel = default)
    {
        var last = LedgerPosition.Start;
        var (days, roots, bytes) = (0, 0, 0L);
        var unpublished = new List<DateOnly>();
        var byDay = new List<DayRoot>();
        var rooted = new Dictionary<DateOnly, DayRoot>();
        await foreach (var item in _roots.ListAsync(_shard + "/", cancel: cancel))
        {
            if (!DateOnly.TryParseExact(Path.GetFileNameWithoutExtension(item.Name), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) continue;
            if (await RootAsync(day, cancel) is { } root) rooted[day] = root;
        }

        DateOnly? newest = null;
        await foreach (var day in DaysAsync(cancel))
        {
            if (newest is { } before) unpublished.Add(before);   // it is over: another day follows
            newest = day;
            days++;
            await using var lines = new FileStream(
                Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
            await CopyAsync(day, lines, cancel);
            if (copy is not null)
            {
                lines.Position = 0;
                await lines.CopyToAsync(copy, cancel);
            }

            lines.Position = 0;
            var verdict = LedgerVerifier.Verify(lines, expectFooter: false, from: last);
            bytes += verdict.Bytes;
            var firstSeq = last.Seq + 1;
            last = verdict.Last;
            if (!verdict.IsWhole) return Verdict($"{Text(day)}, {verdict}");
            if (last.Seq >= firstSeq) byDay.Add(new(day, firstSeq, last.Seq, verdict.Bytes, last.Hash));
            if (!rooted.Remove(day, out var root)) continue;
            roots++;
            newest = null;
            if (root.LastSeq != last.Seq || root.Hash != last.Hash)
            {
                return Verdict(
                    $"{Text(day)} ends with line {last.Seq}, {last.Hash}; published was line {root.LastSeq}, {root.Hash}: lines are missing, or the chain was written anew");
            }
        }

        return Verdict(rooted.Count == 0 ? null : $"The root of {Text(rooted.Keys.Min())} was published, and the ledger has no such day");

        AzureLedgerVerdict Verdict(string? fault) => new(last, bytes, days, roots, unpublished, fault) { ByDay = byDay };
    }

    /// <summary>What of a part stands at its position; throws when that is something else.</summary>
    private async Task<ReadOnlyMemory<byte>> FindAsync(string blob, long position, ReadOnlyMemory<byte> part, CancellationToken cancel)
    {
        var there = await _lines.GetAsync(blob, position, part.Length, cancel)
            ?? throw new InvalidDataException($"The ledger's blob {_lines.Name}/{blob} is not there, though {position} bytes of it are committed: somebody has deleted it");
        if (there.Length < position)
            throw new InvalidDataException($"The ledger's blob {_lines.Name}/{blob} has {there.Length} bytes, the store says {position}: its end was cut off");
        if (there.Bytes.Length == 0)
            throw new InvalidDataException($"The ledger's blob {_lines.Name}/{blob} takes no more lines after {position} bytes: it has its 50,000 appends, or is under a lease");
        if (!part.Span[..there.Bytes.Length].SequenceEqual(there.Bytes.Span))
            throw new InvalidDataException($"The ledger's blob {_lines.Name}/{blob} holds other lines from byte {position} on: somebody else writes to it");
        return part[..there.Bytes.Length];
    }

    private string NameOf(DateOnly day) => $"{_shard}/{Text(day)}.jsonl";

    private string RootOf(DateOnly day) => $"{_shard}/{Text(day)}.json";

    private static string Text(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);
}
