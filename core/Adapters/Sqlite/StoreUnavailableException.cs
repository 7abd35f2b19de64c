namespace FuturesBot.Adapters.Sqlite;

/// <summary>The store cannot be used here; the message says what to do about it.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null)
    : InvalidOperationException(message, inner);
