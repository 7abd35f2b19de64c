namespace FuturesBot.Domain.Market;

/// <summary>A thing with memory: its whole state can be saved and restored exactly.</summary>
public interface IStateful
{
    /// <summary>
    /// Names every field that a later result depends on, in a fixed order. Parameters given to the
    /// constructor are not state: the restoring side constructs the same thing first.
    /// </summary>
    void Carry(StateCarrier carrier);
}
