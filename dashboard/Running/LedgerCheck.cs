using FuturesBot.Engine.Ledger;

namespace FuturesBot.Dashboard.Running;

/// <summary>
/// Reads a run's ledger beside its writer and checks the chain of all lines that are whole: in the background, when
/// somebody looks and the last check has become old.
/// </summary>
public sealed class LedgerCheck(Func<Task<LedgerFinding?>> read, TimeProvider time)
{
    // A ledger of months has some hundred MB: read once in a while, not for every look.
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    /// <summary>Checks a ledger that is a file.</summary>
    public LedgerCheck(string path, TimeProvider time)
        : this(() => Task.FromResult(Read(path)), time)
    {
    }

    private readonly Lock _gate = new();
    private Task _work = Task.CompletedTask;
    private long? _checkedAt;

    /// <summary>What the last check found; null before the first, and when the file could not be read.</summary>
    public LedgerFinding? Found { get; private set; }

    /// <summary>Begins a check unless one is under way or young. Returns at once.</summary>
    public void Refresh()
    {
        lock (_gate)
        {
            if (!_work.IsCompleted || (_checkedAt is { } at && time.GetElapsedTime(at) < Every)) return;
            _checkedAt = time.GetTimestamp();
            _work = Task.Run(async () => Found = await read());
        }
    }

    /// <summary>Checks a ledger up to its last line feed: the line behind it may be on its way.</summary>
    internal static LedgerFinding? Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var wholeBytes = EndOfLastLine(file);
            file.Seek(0, SeekOrigin.Begin);
            var verdict = LedgerVerifier.Verify(file, expectFooter: false);
            return new(verdict.Last, verdict.Bytes >= wholeBytes ? null : verdict.ToString());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;   // shown as not checked
        }
    }

    private static long EndOfLastLine(FileStream file)
    {
        var buffer = new byte[1 << 16];
        for (var end = file.Length; end > 0;)
        {
            var length = (int)Math.Min(buffer.Length, end);
            file.Seek(end - length, SeekOrigin.Begin);
            file.ReadExactly(buffer, 0, length);
            var at = buffer.AsSpan(0, length).LastIndexOf((byte)'\n');
            if (at >= 0) return end - length + at + 1;
            end -= length;
        }

        return 0;
    }
}
