namespace FuturesBot.Adapters.Sessions;

/// <summary>Brings changes of the symbols to whoever decides.</summary>
public interface ISymbolChanges
{
    /// <summary>
    /// Returns when the kernel has taken them in and the feed follows what it follows now. What is still draining comes again with a
    /// later change.
    /// </summary>
    Task ApplyAsync(SymbolChanges changes, CancellationToken cancel);
}
