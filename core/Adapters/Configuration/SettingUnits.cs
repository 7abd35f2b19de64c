namespace FuturesBot.Adapters.Configuration;

/// <summary>What a number counts, which its name says last (stop_buffer_atr, timeout_ms).</summary>
internal static class SettingUnits
{
    private static readonly (string Ending, string Unit)[] Endings =
    [
        ("_ms", "ms"), ("_seconds", "s"), ("_minutes", "min"), ("_hours", "h"), ("_days", "days"), ("days_kept", "days"),
        ("_mib", "MiB"), ("_atr", "ATR"), ("_atr1m", "ATR of 1m"), ("_r", "R"), ("_bars", "bars"), ("_ticks", "ticks"),
        ("_usdt", "USDT"), ("_balance", "USDT"), ("_fraction", "fraction"), ("_share", "fraction"), ("_reserve", "fraction"),
        ("risk_per_trade", "fraction"), ("_points", "points"), ("_score", "points"), ("weight_per_minute", "weight/min"), ("port", "TCP port"),
    ];

    /// <summary>Empty when the name says none.</summary>
    public static string Of(Setting setting)
    {
        if (!SettingValues.IsNumber(setting.Type)) return "";
        if (setting.Name.StartsWith("bars", StringComparison.Ordinal)) return "bars";
        return Endings.FirstOrDefault(known => setting.Name.EndsWith(known.Ending, StringComparison.Ordinal)).Unit ?? "";
    }
}
