namespace FuturesBot.Domain.Signals;

/// <summary>What the stop stands for now; it names the reason when it is hit.</summary>
public enum StopKind
{
    /// <summary>The stop of the plan.</summary>
    Initial,

    /// <summary>Break-even, after the first target.</summary>
    BreakEven,

    /// <summary>The runner's trail, after the second target.</summary>
    Trail,
}
