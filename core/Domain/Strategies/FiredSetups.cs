using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Strategies;

/// <summary>The setups of one symbol that have fired, so that none fires twice.</summary>
/// <remarks>
/// Bounded: the newest 512 keys are kept. No setup looks back further than 128 bars, and 512 triggers
/// within 128 bars of one symbol cannot happen, so a forgotten key cannot fire again.
/// </remarks>
public sealed class FiredSetups : IStateful
{
    private const int Keep = 512;

    private readonly Ring<SetupKey> _keys = new(Keep, roomAtFirst: 16);

    public bool Contains(in SetupKey key)
    {
        for (var i = 0; i < _keys.Count; i++)
        {
            if (_keys.Ago(i) == key) return true;
        }

        return false;
    }

    public void Add(in SetupKey key) => _keys.Add(key);

    public void Carry(StateCarrier carrier) => _keys.Carry(carrier);
}
