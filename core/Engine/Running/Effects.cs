using System.Globalization;
using System.Text.Json;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Tracking;

namespace FuturesBot.Engine.Running;

/// <summary>What a signal's steps make a host do, as data with deterministic ids.</summary>
public static class Effects
{
    /// <summary>A line about a signal: to the main log now, to a chat later.</summary>
    public const string Notify = "notify";

    /// <summary>A line of Action Price's own log (spec 1.9).</summary>
    public const string ActionPriceLog = "action-price";

    /// <summary>A day or a week is to be told of.</summary>
    public const string Summary = "summary";

    /// <summary>An event for a signal's orchestration.</summary>
    public const string Raise = "raise";

    /// <summary>Tells a signal's orchestration of something.</summary>
    public static StoredEffect Raised(string signalId, TrackingEvent happened) => new(
        $"{happened.Id}-{Raise}", signalId, Raise, JsonSerializer.Serialize(new SignalMessage(happened), SignalJson.Options), happened.AtMs);

    /// <summary>What <see cref="Raised"/> tells.</summary>
    /// <exception cref="InvalidDataException">It is no such effect.</exception>
    public static SignalMessage ToMessage(StoredEffect effect) =>
        effect.Kind == Raise && JsonSerializer.Deserialize<SignalMessage>(effect.PayloadJson, SignalJson.Options) is { Event: not null } message
            ? message
            : throw new InvalidDataException($"Effect {effect.Id} of kind {effect.Kind} tells no orchestration anything");

    /// <summary>The effect of a day or a week that is over.</summary>
    /// <param name="due">Which.</param>
    /// <param name="ledger">How the ledger stands; null without one.</param>
    public static StoredEffect Of(SummaryDue due, LedgerStanding? ledger)
    {
        var id = FormattableString.Invariant($"{(due.IsWeekly ? "week" : "day")}-{due.AtMs}-{Summary}");
        return new(id, SignalId: "", Summary, JsonSerializer.Serialize(new SummaryOrder(id, due, ledger), SignalJson.Options), due.AtMs);
    }

    /// <summary>The effects of one step of a signal.</summary>
    /// <param name="happened">The step.</param>
    /// <param name="record">The signal after it.</param>
    /// <param name="setup">What fired, with the first step of a signal; else null.</param>
    /// <param name="replayed">It lies in the days lived through at start: nobody is told, the logs are kept.</param>
    public static IEnumerable<StoredEffect> Of(SignalEvent happened, SignalRecord record, Setup? setup, bool replayed)
    {
        var plan = record.State.Plan;
        if (!replayed && SignalText.Of(happened, record.State) is { } text)
        {
            yield return Effect(happened, Notify, json =>
            {
                json.WriteString("symbol", plan.Symbol.Name);
                json.WriteString("strategy", plan.Strategy);
                json.WriteString("text", text);
            });
        }

        if (plan.Strategy != ActionPrice.CatalogName) yield break;
        if (happened is SignalEvent.EntryPlaced && setup is not null)
            yield return Effect(happened, ActionPriceLog, json => WriteOpening(json, plan, record, setup, replayed));
        if (happened is SignalEvent.Closed closed)
            yield return Effect(happened, ActionPriceLog, json => WriteExit(json, plan, closed));
    }

    private static StoredEffect Effect(SignalEvent happened, string kind, Action<Utf8JsonWriter> write)
    {
        var id = $"{happened.EventId}-{kind}";
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("effect_id", id);
            write(json);
            json.WriteEndObject();
        }

        return new(id, happened.SignalId.Value, kind, System.Text.Encoding.UTF8.GetString(buffer.ToArray()), happened.AtMs);
    }

    private static void WriteOpening(Utf8JsonWriter json, TradePlan plan, SignalRecord record, Setup setup, bool replayed)
    {
        json.WriteString("signal_id", plan.Id.Value);
        json.WriteString("timestamp_open", Utc(plan.DecidedAtMs));
        json.WriteString("symbol", plan.Symbol.Name);
        json.WriteString("timeframe", plan.Frame.Code());
        json.WriteString("direction", plan.Side == Side.Long ? "LONG" : "SHORT");
        json.WriteString("pattern", "EMA200_BODY_CROSS");
        json.WriteString("mode", plan.Mode);
        json.WriteNumber("score_total", plan.Score);
        json.WriteStartObject("score_components");
        foreach (var part in record.ScoreParts) Write(json, part.Name, part.Points);
        json.WriteEndObject();
        json.WriteNumber("entry_price", plan.Entry);
        json.WriteNumber("sl_price", plan.Stop);
        json.WriteNumber("tp1_price", plan.Target1);
        if (plan.Target2 is { } target2) json.WriteNumber("tp2_price", target2);
        json.WriteNumber("risk_r", plan.Risk);
        json.WriteNumber("slippage_entry", plan.SlippageAt(plan.Entry));
        json.WriteBoolean("replayed", replayed);
        foreach (var (name, value) in setup.Anatomy ?? new Dictionary<string, object?>(StringComparer.Ordinal))
            Write(json, name, value);
    }

    private static void WriteExit(Utf8JsonWriter json, TradePlan plan, SignalEvent.Closed closed)
    {
        var result = closed.Result;
        json.WriteString("_update_type", "exit");
        json.WriteString("signal_id", plan.Id.Value);
        json.WriteString("exit_reason", closed.Reason.ToString().ToUpperInvariant());
        json.WriteString("timestamp_exit", Utc(result.ClosedAtMs));
        json.WriteNumber("exit_price", result.Exits[^1].Price);
        var target1 = result.Exits.FirstOrDefault(exit => exit.Reason == CloseReason.Tp1);
        if (target1 is not null)
        {
            json.WriteNumber("time_to_tp1_mins", Minutes(result, target1.TimeMs));
            json.WriteNumber("time_to_tp1_bars", Minutes(result, target1.TimeMs) / plan.Frame.Minutes());
        }

        json.WriteNumber("time_to_exit_mins", Minutes(result, result.ClosedAtMs));
        json.WriteNumber("time_to_exit_bars", Minutes(result, result.ClosedAtMs) / plan.Frame.Minutes());
        Write(json, "mfe_r", result.MfeR);
        Write(json, "mae_r", result.MaeR);
        json.WriteNumber("bars_in_trade", result.Bars);
        json.WriteNumber("pnl_r_gross", result.GrossR);
        json.WriteNumber("pnl_r_net", result.NetR);
    }

    private static long Minutes(TradeResult result, long untilMs) => (untilMs - result.EnteredAtMs) / TimeFrame.M1.Ms();

    private static string Utc(long ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(name, number);
                break;
            case double:
                json.WriteNull(name);   // unavailable
                break;
            case int or long or decimal:
                json.WriteNumber(name, Convert.ToDecimal(value, CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
