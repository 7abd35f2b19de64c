using System.Threading.Channels;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>
/// Candles that people ask for, one job after the other on the lane of the past, so that nothing of the market now waits
/// for them. Jobs live in memory alone: what they stored stays, and asking again costs only what is missing.
/// </summary>
public sealed class DataJobs(HistoryLoader loader, TimeProvider time, IIngestionListener? listener = null)
{
    /// <summary>Jobs that may wait; one more is not taken.</summary>
    public const int WaitingMax = 20;

    /// <summary>Ended jobs that are remembered.</summary>
    public const int EndedKept = 50;

    /// <summary>Candles of one job: at 1,500 a request some minutes of our request weight.</summary>
    public const long CandlesMax = 5_000_000;

    // A piece is stored before the next one is asked for: this much is lost when a process dies.
    private const int PieceBars = 10_000;

    private readonly Lock _gate = new();
    private readonly LinkedList<DataJob> _jobs = [];   // newest first
    private readonly Channel<long> _queued = Channel.CreateUnbounded<long>();   // as many as wait, see WaitingMax
    private Action? _endRunning;
    private long _last;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<DataJob> Jobs
    {
        get
        {
            lock (_gate) return [.. _jobs];
        }
    }

    /// <summary>Candles that a range has, of all series.</summary>
    public static long CandlesOf(IEnumerable<SeriesInfo> series, long fromMs, long toMs) =>
        series.Sum(one => Math.Max(0, one.Frame.OpenOf(toMs) - FirstOf(one.Frame, fromMs)) / one.Frame.Ms());

    /// <summary>Puts a job into the queue; null when it is full.</summary>
    /// <param name="kind">What is wanted.</param>
    /// <param name="series">Of these.</param>
    /// <param name="fromMs">First open time, market time.</param>
    /// <param name="toMs">End of the range, not included: nothing later than what is closed.</param>
    public DataJob? TryQueue(DataJobKind kind, IReadOnlyList<SeriesInfo> series, long fromMs, long toMs)
    {
        lock (_gate)
        {
            if (_jobs.Count(job => job.State == DataJobState.Queued) >= WaitingMax) return null;
            var queued = new DataJob(++_last, kind, series, fromMs, toMs, CandlesOf(series, fromMs, toMs), WallMs);
            _jobs.AddFirst(queued);
            _queued.Writer.TryWrite(queued.Number);
            return queued;
        }
    }

    /// <summary>Ends a job that waits or runs; false when there is none of this number.</summary>
    public bool TryCancel(long number)
    {
        lock (_gate)
        {
            if (_jobs.FirstOrDefault(job => job.Number == number) is not { } job) return false;
            if (job.State == DataJobState.Queued)
            {
                Put(job with { State = DataJobState.Cancelled, EndedAtMs = WallMs });
                return true;
            }

            if (job.State != DataJobState.Running) return false;
            _endRunning?.Invoke();
            return true;
        }
    }

    /// <summary>Works until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            if (Start(await _queued.Reader.ReadAsync(stop)) is not { } job) continue;   // cancelled while it waited
            using var running = CancellationTokenSource.CreateLinkedTokenSource(stop);
            lock (_gate) _endRunning = running.Cancel;
            try
            {
                await WorkAsync(job, running.Token);
                End(job.Number, DataJobState.Done, fault: null);
            }
            catch (OperationCanceledException) when (running.IsCancellationRequested)
            {
                End(job.Number, DataJobState.Cancelled, fault: null);
                stop.ThrowIfCancellationRequested();
            }
#pragma warning disable CA1031 // the task's edge: one job's fault is its result, and the next one goes on
            catch (Exception fault)
#pragma warning restore CA1031
            {
                listener?.Failed($"job {job.Number}, {job.Kind} of {job.Series.Count} series", fault);
                End(job.Number, DataJobState.Failed, fault.Message);
            }
            finally
            {
                lock (_gate) _endRunning = null;
            }
        }
    }

    private static long FirstOf(TimeFrame frame, long fromMs) => frame.OpenOf(fromMs + frame.Ms() - 1);

    private long WallMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task WorkAsync(DataJob job, CancellationToken cancel)
    {
        foreach (var series in job.Series)
        {
            var length = series.Frame.Ms();
            var endMs = series.Frame.OpenOf(job.ToMs);
            for (var from = FirstOf(series.Frame, job.FromMs); from < endMs;)
            {
                var to = Math.Min(endMs, from + (PieceBars * length));
                var load = await loader.LoadAsync(series, from, to, cancel: cancel);
                var bars = (to - from) / length;
                Change(job.Number, known => known with
                {
                    Looked = known.Looked + bars,
                    Added = known.Added + load.FromArchive + load.FromRequests,
                    Missing = known.Missing + bars - load.Present,
                });
                from = to;
            }
        }
    }

    private DataJob? Start(long number)
    {
        lock (_gate)
        {
            if (_jobs.FirstOrDefault(job => job.Number == number && job.State == DataJobState.Queued) is not { } next) return null;
            var started = next with { State = DataJobState.Running, StartedAtMs = WallMs };
            Put(started);
            return started;
        }
    }

    private void End(long number, DataJobState state, string? fault)
    {
        Change(number, job => job with { State = state, Fault = fault, EndedAtMs = WallMs });
        lock (_gate)
        {
            var ended = _jobs.Where(job => job.EndedAtMs is not null).Skip(EndedKept).ToArray();
            foreach (var old in ended) _jobs.Remove(old);
        }
    }

    private void Change(long number, Func<DataJob, DataJob> change)
    {
        lock (_gate)
        {
            if (_jobs.FirstOrDefault(job => job.Number == number) is { } known) Put(change(known));
        }
    }

    // Under the gate.
    private void Put(DataJob job)
    {
        for (var node = _jobs.First; node is not null; node = node.Next)
        {
            if (node.Value.Number == job.Number) node.Value = job;
        }
    }
}
