using System.Globalization;

namespace FuturesBot.Adapters.Files;

/// <summary>
/// Finds the greatest power of ten that divides all prices (spec 2.17), on their digits, so that nothing
/// is lost to binary fractions.
/// </summary>
internal struct TickScan
{
    private bool _any;
    private int _decimals;   // may be negative: 100, 1200 and 90 make −1

    /// <summary>The step; 0 before the first price.</summary>
    public readonly decimal Size => _any ? PowerOf10(-_decimals) : 0m;

    /// <summary>Adds the price <c>digits · 10^−decimals</c>.</summary>
    public void Add(ulong digits, int decimals)
    {
        // Nearly always: as many digits as known already, and no fewer decimals than the step has.
        if (decimals <= _decimals && _any && _decimals >= 0) return;
        AddFiner(digits, decimals);
    }

    /// <summary>
    /// Adds a price in a form that <see cref="KlineNumber"/> reads slowly, such as <c>1e-05</c>.
    /// </summary>
    public void AddSlowly(ReadOnlySpan<byte> text)
    {
        // Beyond 28 digits decimal cannot say; such a price has no tick of this world.
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var price)) return;
        var decimals = (int)price.Scale;
        var digits = Math.Abs(price) * PowerOf10(decimals);
        if (digits <= ulong.MaxValue) AddFiner((ulong)digits, decimals);
    }

    private void AddFiner(ulong digits, int decimals)
    {
        if (digits == 0) return;
        while (digits % 10 == 0 && (!_any || decimals > _decimals))
        {
            digits /= 10;
            decimals--;
        }

        if (_any && decimals <= _decimals) return;
        _decimals = decimals;
        _any = true;
    }

    private static decimal PowerOf10(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < Math.Abs(exponent); i++) power *= 10;
        return exponent < 0 ? 1 / power : power;
    }
}
