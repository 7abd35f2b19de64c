namespace FuturesBot.Adapters.AzureStorage.Tables;

/// <summary>What became of a change that may lose against another writer.</summary>
public enum TableOutcome
{
    /// <summary>Written.</summary>
    Done,

    /// <summary>A row that was to be new is there already (409). Nothing was written.</summary>
    Exists,

    /// <summary>The row has another version by now (412). Nothing was written.</summary>
    Changed,

    /// <summary>The row is not there (404). Nothing was written.</summary>
    Missing,
}
