using FuturesBot.Adapters.AzureStorage.Blobs;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.AzureStorage.Market;

/// <summary>
/// Which process is the active one: whoever has the lease of a blob. It only says who should write; that nobody else can is the matter of
/// <see cref="ShardWriter"/>, because a process that was held up learns too late that its lease has ended.
/// </summary>
public sealed partial class SidecarLease : IAsyncDisposable
{
    private static readonly TimeSpan ReleaseMax = TimeSpan.FromSeconds(5);

    private readonly BlobContainer _container;
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
        if (options.Duration < TimeSpan.FromSeconds(15) || options.Duration > TimeSpan.FromSeconds(60))
            throw new ArgumentException($"A lease of {options.Duration} was wanted; 15 to 60 s are allowed", nameof(options));
        if (options.RenewEvery + options.Margin >= options.Duration)
            throw new ArgumentException($"A lease of {options.Duration} ends before it is renewed after {options.RenewEvery}", nameof(options));
        (_container, _blob, _options, _time, _log) = (account.Container(MarketNames.Leases(prefix)), blob, options, time, log);
    }

    /// <summary>It is held, as far as it is known here.</summary>
    public bool IsHeld => _held is { IsCancellationRequested: false };

    /// <summary>Waits until the lease is ours.</summary>
    /// <returns>Cancelled when it is lost or given back.</returns>
    public async Task<CancellationToken> AcquireAsync(CancellationToken cancel = default)
    {
        await StopAsync();
        while (true)
        {
            try
            {
                var asked = _time.GetTimestamp();
                await _container.CreateAsync(cancel);
                await _container.PutAsync(_blob, ReadOnlyMemory<byte>.Empty, ifNew: true, cancel: cancel);
                while (await _container.AcquireLeaseAsync(_blob, (int)_options.Duration.TotalSeconds, cancel) is not { } id || !Hold(id, asked))
                {
                    await Task.Delay(_options.TryEvery, _time, cancel);
                    asked = _time.GetTimestamp();
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

    private bool Hold(string id, long asked)
    {
        if (_time.GetElapsedTime(asked) >= _options.Duration - _options.Margin) return false;   // the answer took as long as the lease
        (_id, _held, _stop) = (id, new(), new());
        LogHeld(_log, _blob);
        _renewing = RenewAsync(id, asked, _held, _stop.Token);
        return true;
    }

    private async Task RenewAsync(string id, long renewedAt, CancellationTokenSource held, CancellationToken stop)
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
                    if (!await _container.RenewLeaseAsync(_blob, id, both.Token)) break;
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

    [LoggerMessage(4111, LogLevel.Information, "The lease of {Blob} is held: this process is the active one")]
    private static partial void LogHeld(ILogger log, string blob);

    [LoggerMessage(4112, LogLevel.Warning, "The lease of {Blob} is lost: another process is the active one, or storage is away")]
    private static partial void LogLost(ILogger log, string blob);

    [LoggerMessage(4113, LogLevel.Information, "The lease of {Blob} was given back")]
    private static partial void LogReleased(ILogger log, string blob);

    [LoggerMessage(4114, LogLevel.Warning, "The lease of {Blob} could not be given back; it ends by itself within {Duration}")]
    private static partial void LogNotReleased(ILogger log, Exception fault, string blob, TimeSpan duration);

    [LoggerMessage(4115, LogLevel.Warning, "Storage does not answer about the lease of {Blob}; it is asked again")]
    private static partial void LogAway(ILogger log, Exception fault, string blob);
}
