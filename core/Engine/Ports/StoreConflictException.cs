namespace FuturesBot.Engine.Ports;

/// <summary>
/// A signal's state was to follow one that is not there: another writer was faster, or a step was done
/// twice. Nothing of the change was written.
/// </summary>
public sealed class StoreConflictException(string message) : InvalidOperationException(message);
