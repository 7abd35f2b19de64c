using System.Runtime.CompilerServices;

namespace FuturesBot.Simulator.Market;

/// <summary>
/// What happens around an old high or low: a run on the stops beyond it that turns back or goes on, or
/// a break with a retest. Up to three legs, each toward a target within some minutes.
/// </summary>
internal struct Play
{
    private const int LegsMax = 3;

    private Legs _legs;
    private int _count;
    private int _at;
    private int _minutesLeft;

    /// <summary>Log price that this leg goes to.</summary>
    public readonly double Target => _legs[_at].Target;

    public readonly int MinutesLeft => _minutesLeft;

    /// <summary>Times the ordinary volume.</summary>
    public readonly double Volume => Active ? _legs[_at].Volume : 1;

    public readonly bool Active => _at < _count;

    /// <param name="level">Log price of the old extreme.</param>
    /// <param name="side">+1 at a high, −1 at a low.</param>
    /// <param name="range">An ordinary 15m range, in log price.</param>
    /// <param name="random">Chance.</param>
    public static Play AtLevel(double level, int side, double range, ref Xoshiro256 random)
    {
        var play = new Play();
        var kind = random.Uniform();
        if (kind < 0.50) play.Sweep(level, side, range, turnsBack: kind < 0.38, ref random);
        else play.BreakAndRetest(level, side, range, holds: kind < 0.85, ref random);
        play._minutesLeft = play._legs[0].Minutes;
        return play;
    }

    public void Tick()
    {
        if (!Active || --_minutesLeft > 0) return;
        _at++;
        if (Active) _minutesLeft = _legs[_at].Minutes;
    }

    private void Sweep(double level, int side, double range, bool turnsBack, ref Xoshiro256 random)
    {
        Add(level + (side * range * random.Between(0.15, 0.5)), random.Between(3, 14), volume: 3);
        if (turnsBack) Add(level - (side * range * random.Between(0.9, 2.4)), random.Between(10, 45), volume: 1.8);
        else Add(level + (side * range * random.Between(1.2, 2.6)), random.Between(20, 60), volume: 1.7);
    }

    private void BreakAndRetest(double level, int side, double range, bool holds, ref Xoshiro256 random)
    {
        Add(level + (side * range * random.Between(0.9, 1.9)), random.Between(15, 45), volume: 2.4);
        Add(level + (side * range * random.Between(-0.15, 0.2)), random.Between(25, 80), volume: 0.8);
        var end = holds ? random.Between(1.8, 4) : random.Between(-2.5, -1);
        Add(level + (side * range * end), random.Between(45, 180), volume: 1.4);
    }

    private void Add(double target, double minutes, double volume) => _legs[_count++] = new(target, (int)minutes + 1, volume);

    private readonly record struct Leg(double Target, int Minutes, double Volume);

    [InlineArray(LegsMax)]
    private struct Legs
    {
        private Leg _first;
    }
}
