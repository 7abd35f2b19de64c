namespace FuturesBot.Engine.Ports;

/// <summary>How much of the exchange's request weight is spent.</summary>
public interface IBudgetUse
{
    /// <summary>
    /// Weight spent in the minute that runs, as a part of what this program allows itself: 0 is none, 1 all.
    /// </summary>
    double Use { get; }
}
