namespace FuturesBot.Domain.Strategies;

/// <summary>Every strategy, in the order of priority. A new one is a folder, its test and one line here.</summary>
public static class StrategyCatalog
{
    private static readonly (string Name, Func<StrategiesOptions, IStrategy?> Create)[] Entries =
    [
        (LiquiditySweep.CatalogName, o => Of(o.LiquiditySweep, x => new LiquiditySweep(x))),
        (BreakAndRetest.CatalogName, o => Of(o.BreakAndRetest, x => new BreakAndRetest(x))),
        (OrderFlow.CatalogName, o => Of(o.OrderFlow, x => new OrderFlow(x))),
        (MaVwapPullback.CatalogName, o => Of(o.MaVwapPullback, x => new MaVwapPullback(x))),
        (VolumeProfile.CatalogName, o => Of(o.VolumeProfile, x => new VolumeProfile(x))),
        (ActionPrice.CatalogName, o => Of(o.ActionPrice, x => new ActionPrice(x))),
        (IndicatorVote.CatalogName, o => Of(o.IndicatorVote, x => new IndicatorVote(x))),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. Entries.Select(entry => entry.Name)];

    /// <summary>Place in the catalog; smaller goes first where scores tie.</summary>
    public static int PriorityOf(string name)
    {
        for (var i = 0; i < Entries.Length; i++)
        {
            if (Entries[i].Name == name) return i;
        }

        throw new ArgumentException($"Strategy was '{name}'; the catalog has {string.Join(", ", Names)}", nameof(name));
    }

    /// <summary>The strategies that are switched on, in catalog order.</summary>
    public static IStrategy[] Create(StrategiesOptions options) =>
        [.. Entries.Select(entry => entry.Create(options)).OfType<IStrategy>()];

    private static IStrategy? Of<T>(Switched<T> switched, Func<T, IStrategy> create) =>
        switched.Enabled ? create(switched.Options) : null;
}
