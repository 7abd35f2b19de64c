using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Engine.Sharding;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Sidecar;

/// <summary>Takes the market in hand when it is free, and lets go of it when it is lost.</summary>
/// <param name="lease">Who should hold it.</param>
/// <param name="take">Takes the shard's log over: who can write to it.</param>
/// <param name="taken">Begins to publish; cancelled when the lease is lost.</param>
/// <param name="lost">Publishes no more.</param>
/// <param name="log">Where it logs.</param>
internal sealed partial class LeaseKeeper(
    SidecarLease lease, Func<CancellationToken, Task<IShardWriter>> take, Func<IShardWriter, CancellationToken, Task> taken, Action lost, ILogger log)
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

    private CancellationTokenSource? _held;

    /// <summary>Somebody else turned out to write to the shard: the lease is given back and asked for again.</summary>
    public void Forget()
    {
        try
        {
            _held?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It was lost at the same moment.
        }
    }

    /// <summary>Works until it is cancelled, and gives the lease back then.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                using var held = CancellationTokenSource.CreateLinkedTokenSource(await lease.AcquireAsync(cancel), cancel);
                _held = held;
                try
                {
                    var writer = await take(held.Token);
                    LogTaken(log, writer.Head.Number, writer.Head.Epoch);
                    await taken(writer, held.Token);
                    await Task.Delay(Timeout.Infinite, held.Token);
                }
                catch (Exception e) when (e is ShardLostException || (e is not OperationCanceledException && Patience.IsPassing(e)))
                {
                    LogLost(log, e);
                }
                catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
                {
                    // The lease is lost.
                }

                _held = null;
                lost();
                await Task.Delay(AgainAfter, cancel);
            }
        }
        finally
        {
            lost();
            await lease.StopAsync();
        }
    }

    [LoggerMessage(4030, LogLevel.Information, "This process holds the market from batch {Number} on, epoch {Epoch}")]
    private static partial void LogTaken(ILogger log, long number, long epoch);

    [LoggerMessage(4031, LogLevel.Warning, "The market could not be held here")]
    private static partial void LogLost(ILogger log, Exception fault);
}
