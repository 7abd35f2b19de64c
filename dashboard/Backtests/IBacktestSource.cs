using System.Text.Json;

namespace FuturesBot.Dashboard;

/// <summary>Backtests that the page starts and shows. Called from any thread.</summary>
public interface IBacktestSource
{
    /// <summary>Why runs are neither started nor ended here, and how they are; null where they are.</summary>
    string? ElsewhereReason => null;

    /// <summary>Called before anything below is read: a source whose results lie elsewhere brings them.</summary>
    /// <param name="id">The run whose results will be read; null: the list alone.</param>
    /// <param name="cancel">Ends the reading.</param>
    Task PrepareAsync(string? id, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>What can be read: folders below the data root, their symbols and spans.</summary>
    BacktestDataView Data();

    /// <summary>Puts a run into the queue.</summary>
    BacktestStart Start(BacktestOrder order, string user);

    /// <summary>Newest first.</summary>
    IReadOnlyList<BacktestView> List();

    /// <summary>Null when there is no such run.</summary>
    BacktestView? Find(string id);

    /// <summary>The statistics of a finished run; null when it has none.</summary>
    JsonElement? Summary(string id);

    /// <summary>Closed trades in the order they closed; null when the run has none.</summary>
    BacktestTradesView? Trades(string id, int offset, int limit);

    /// <summary>The report of a finished run; null when it has none. The caller disposes it.</summary>
    Stream? OpenReport(string id);

    /// <summary>Ends a run that waits or works; removes one that is over. Null when there is no such run.</summary>
    /// <returns>The run as it is now.</returns>
    BacktestView? Remove(string id);
}
