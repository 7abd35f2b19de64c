using FuturesBot.Adapters.AzureStorage.Blobs;
using FuturesBot.Adapters.AzureStorage.Tables;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.AzureStorage.Market;

/// <summary>
/// Which process is the active one: whoever has the lease of a blob. It only says who should write; that nobody else can is the matter of
/// <see cref="ShardWriter"/>, because a process that was held up learns too late that it has lost it.
/// </summary>
/// <remarks>
/// The lease itself has no end. Its holder shows that it lives by a row of a table, which costs a twelfth of what a renewal of the lease
/// would; whoever waits breaks the lease when that row has not changed for <see cref="SidecarLeaseOptions.Duration"/>, by its own clock.
/// A new holder writes the row before the blob, and a lease is broken only with the version of the blob that was read before the row was
/// looked at for the last time: of two that wait neither can break what the other has just taken.
/// </remarks>
public sealed partial class SidecarLease : IAsyncDisposable
{
    private const string Partition = "leases";
    private const string Holder = "holder";

    private static readonly TimeSpan ReleaseMax = TimeSpan.FromSeconds(5);

    private readonly BlobContainer _container;
    private readonly TableClient _table;
    private readonly string _blob;
    private readonly SidecarLeaseOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private CancellationTokenSource? _held;
    private CancellationTokenSource? _stop;
    private Task _renewing = Task.CompletedTask;
    private string? _id;

    /// <param name="account">Where.</param>
    /// <param name="prefix">Before the container's name.</param>
    /// <param name="options">Times.</param>
    /// <param name="time">Wall time.</param>
    /// <param name="log">Told of what happens to the lease.</param>
    /// <param name="blob">Whose lease.</param>
    /// <exception cref="ArgumentException">Times that cannot work.</exception>
    public SidecarLease(
        StorageAccount account, string prefix, SidecarLeaseOptions options, TimeProvider time, ILogger log, string blob = MarketNames.LeaseBlob)
    {
        if (options.RenewEvery <= TimeSpan.Zero || options.RenewEvery + options.Margin >= options.Duration)
        {
            throw new ArgumentException(
                $"A lease that outlives its holder for {options.Duration} was wanted, and signs of life every {options.RenewEvery}; they have to come at least {options.Margin} before its end",
                nameof(options));
        }

        (_container, _table) = (account.Container(MarketNames.Leases(prefix)), account.Table(MarketNames.Beats(prefix)));
        (_blob, _options, _time, _log) = (blob, options, time, log);
    }

    /// <summary>It is held, as far as it is known here.</summary>
    public bool IsHeld => _held is { IsCancellationRequested: false };

    /// <summary>Waits until the lease is ours.</summary>
    /// <returns>Cancelled when it is lost or given back.</returns>
    public async Task<CancellationToken> AcquireAsync(CancellationToken cancel = default)
    {
        await StopAsync();
        var watch = new Watch();
        while (true)
        {
            try
            {
                await _container.CreateAsync(cancel);
                await _table.CreateAsync(cancel);
                await _container.PutAsync(_blob, ReadOnlyMemory<byte>.Empty, ifNew: true, cancel: cancel);
                while (!await TakeAsync(cancel))
                {
                    if (!await BreakAsync(watch, cancel)) await Task.Delay(_options.TryEvery, _time, cancel);
                }

                return _held!.Token;
            }
            catch (Exception e) when (e is StorageException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                LogAway(_log, e, _blob);   // no answer, or none in time
                await Task.Delay(_options.RenewEvery, _time, cancel);
            }
        }
    }

    /// <summary>Gives the lease back at once, so that the next one need not wait for its end.</summary>
    public async Task StopAsync()
    {
        if (_stop is null) return;
        await _stop.CancelAsync();
        await _renewing;
        var isOurs = IsHeld;
        await _held!.CancelAsync();
        if (isOurs)
        {
            try
            {
                using var limit = new CancellationTokenSource(ReleaseMax, _time);
                await _container.ReleaseLeaseAsync(_blob, _id!, limit.Token);
                LogReleased(_log, _blob);
            }
            catch (Exception e) when (e is StorageException or OperationCanceledException)
            {
                LogNotReleased(_log, e, _blob, _options.Duration);
            }
        }

        _stop.Dispose();
        _stop = null;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    /// <summary>Takes the lease if nobody has it.</summary>
    private async Task<bool> TakeAsync(CancellationToken cancel)
    {
        if (await _container.AcquireLeaseAsync(_blob, cancel) is not { } id) return false;
        var asked = _time.GetTimestamp();
        var row = Row(id);
        await _table.ApplyAsync(TableAction.Upsert(row), cancel);   // whoever had it before cannot renew it from here on
        // Somebody who waits as well may have judged the former holder and broken this lease instead: the blob is not written then.
        if ((await _container.PutAsync(_blob, ReadOnlyMemory<byte>.Empty, leaseId: id, cancel: cancel)).Outcome != BlobOutcome.Done) return false;
        if (_time.GetElapsedTime(asked) >= _options.Duration - _options.Margin)   // the answers took as long as the lease
        {
            await _container.ReleaseLeaseAsync(_blob, id, cancel);
            return false;
        }

        (_id, _held, _stop) = (id, new(), new());
        LogHeld(_log, _blob);
        _renewing = RenewAsync(row, asked, _held, _stop.Token);
        return true;
    }

    /// <summary>Ends the lease of a holder that has been silent for too long.</summary>
    private async Task<bool> BreakAsync(Watch watch, CancellationToken cancel)
    {
        if (!watch.IsSilent(await LastSignAsync(cancel), _options.Duration, _time)) return false;
        var blob = await _container.LengthAsync(_blob, cancel);
        if (blob is null || !watch.IsSilent(await LastSignAsync(cancel), _options.Duration, _time)) return false;
        if (!await _container.BreakLeaseAsync(_blob, blob.Value.ETag, cancel)) return false;
        LogBroken(_log, _blob, _options.Duration);
        return true;
    }

    private async Task RenewAsync(TableRow row, long renewedAt, CancellationTokenSource held, CancellationToken stop)
    {
        var wait = _options.RenewEvery;
        try
        {
            while (true)
            {
                await Task.Delay(wait, _time, stop);
                var left = _options.Duration - _options.Margin - _time.GetElapsedTime(renewedAt);
                if (left <= TimeSpan.Zero) break;
                var asked = _time.GetTimestamp();
                try
                {
                    using var limit = new CancellationTokenSource(left, _time);
                    using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
                    if (!await SignAsync(row, both.Token)) break;
                    (renewedAt, wait) = (asked, _options.RenewEvery);
                }
                catch (Exception e) when (e is StorageException or OperationCanceledException && !stop.IsCancellationRequested)
                {
                    LogAway(_log, e, _blob);
                    wait = _options.TryEvery;
                }
            }

            LogLost(_log, _blob);
            await held.CancelAsync();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop: the lease is given back by whoever asked.
        }
    }

    /// <summary>Shows that the holder lives; false when the row is another's.</summary>
    private async Task<bool> SignAsync(TableRow row, CancellationToken cancel)
    {
        row.With("at", _time.GetUtcNow().ToUnixTimeMilliseconds());
        if (await _table.ApplyAsync(TableAction.Update(row), cancel) == TableOutcome.Done) return true;
        // Of a write whose answer was lost the repeat finds another version: its own.
        if (await _table.GetAsync(Partition, _blob, cancel) is not { } now || now.Text(Holder) != row.Text(Holder)) return false;
        row.ETag = now.ETag;
        return true;
    }

    /// <summary>The version of the holder's sign of life; empty when there is none.</summary>
    private async Task<string> LastSignAsync(CancellationToken cancel) => (await _table.GetAsync(Partition, _blob, cancel))?.ETag ?? "";

    private TableRow Row(string id) => new TableRow(Partition, _blob).With(Holder, id).With("at", _time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Since when a sign of life has been the same, as far as one who waits has seen it.</summary>
    private sealed class Watch
    {
        private string? _sign;
        private long _since;

        public bool IsSilent(string sign, TimeSpan limit, TimeProvider time)
        {
            if (sign != _sign) (_sign, _since) = (sign, time.GetTimestamp());
            return time.GetElapsedTime(_since) >= limit;
        }
    }

    [LoggerMessage(4111, LogLevel.Information, "The lease of {Blob} is held: this process is the active one")]
    private static partial void LogHeld(ILogger log, string blob);

    [LoggerMessage(4112, LogLevel.Warning, "The lease of {Blob} is lost: another process is the active one, or storage is away")]
    private static partial void LogLost(ILogger log, string blob);

    [LoggerMessage(4113, LogLevel.Information, "The lease of {Blob} was given back")]
    private static partial void LogReleased(ILogger log, string blob);

    [LoggerMessage(4114, LogLevel.Warning, "The lease of {Blob} could not be given back; others break it after {Duration}")]
    private static partial void LogNotReleased(ILogger log, Exception fault, string blob, TimeSpan duration);

    [LoggerMessage(4115, LogLevel.Warning, "Storage does not answer about the lease of {Blob}; it is asked again")]
    private static partial void LogAway(ILogger log, Exception fault, string blob);

    [LoggerMessage(4116, LogLevel.Warning, "The holder of the lease of {Blob} has given no sign of life for {Duration}: the lease is broken")]
    private static partial void LogBroken(ILogger log, string blob, TimeSpan duration);
}
