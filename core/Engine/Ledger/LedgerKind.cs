namespace FuturesBot.Engine.Ledger;

/// <summary>Kinds of ledger lines. Readers skip kinds they do not know.</summary>
public static class LedgerKind
{
    /// <summary>First line: what the run was made of.</summary>
    public const string Header = "header";

    /// <summary>
    /// What was known beside candles when the closing time behind it was decided: order book, open interest, funding. Nothing
    /// recomputes it; a replay takes it from here.
    /// </summary>
    public const string Context = "context";

    /// <summary>
    /// New entries were halted, or allowed again, from the closing time behind it on. Nothing recomputes it; a replay takes it
    /// from here.
    /// </summary>
    public const string Halt = "halt";

    /// <summary>A symbol that came in on the way, or whose rules have changed: plans after this line follow them.</summary>
    public const string Listing = "listing";

    /// <summary>
    /// The kernel was built anew from stored candles here, because its state was missing or of another version: a replay begins anew
    /// too.
    /// </summary>
    public const string Rebuilt = "rebuilt";

    /// <summary>One per closing time: the digest of all predicates of all strategies.</summary>
    public const string Bar = "bar";

    /// <summary>A trigger, a refusal or a near miss, with every predicate.</summary>
    public const string Decision = "decision";

    /// <summary>A step in a signal's life.</summary>
    public const string Event = "event";

    /// <summary>Last line of a closed ledger: without it the tail is missing.</summary>
    public const string Footer = "footer";
}
