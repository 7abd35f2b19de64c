namespace FuturesBot.Engine.Ports;

/// <summary>A row that was refused. Nothing is repaired: the reader goes on with the next row.</summary>
/// <param name="File">Path as it was opened.</param>
/// <param name="Line">Counted from 1, the header included.</param>
/// <param name="Reason">What is wrong, with the column and its text.</param>
/// <param name="Text">The row, cut to a printable length.</param>
public sealed record KlineRowError(string File, long Line, string Reason, string Text)
{
    public override string ToString() => $"{File}:{Line}: {Reason}";
}
