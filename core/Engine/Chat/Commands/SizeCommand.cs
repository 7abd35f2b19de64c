using System.Globalization;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Risk;
using FuturesBot.Engine.Chat.Book;

namespace FuturesBot.Engine.Chat.Commands;

/// <summary>How large a position would be. Reckons, and never orders.</summary>
internal sealed class SizeCommand(IChatBook book) : IChatCommand
{
    private const decimal RiskPercentMin = 0.01m;
    private const decimal RiskPercentMax = 10m;

    public string Name => "size";

    public string Usage(Wording words) => words.Say("<пара> [риск%] [стоп]", "<pair> [risk%] [stop]");

    public string Title(Wording words) => words.Say("Размер позиции", "Position size");

    public string About(Wording words) => words.Say("калькулятор размера позиции, ордера не ставит", "position size calculator, places no order");

    public Task<ChatAnswer> AnswerAsync(ChatCall call, CancellationToken cancel) => Task.FromResult(Answer(call));

    private ChatAnswer Answer(ChatCall call)
    {
        if (!ChatArguments.TrySymbol(call, 0, book, this, out var symbol, out var fault)) return fault!;
        var w = call.Words;
        if (book.SizeOf(symbol) is not { } basis) return ChatAnswer.Of(w.Say("За этой парой бот больше не следит", "The bot does not watch this pair any more"));
        if (!TryRisk(call, out var risk, out fault)) return fault!;
        if (!TryStop(call, basis, out var given, out fault)) return fault!;
        if (Basis(basis, given) is not { } trade)
        {
            return ChatAnswer.Of(
                double.IsNaN(basis.LastPrice) ? w.Say("Нет данных: последняя цена ещё не известна.", "No data: the last price is not known yet.")
                : given is not null ? w.Say("Стоп равен последней цене: размер из этого не выходит.", "The stop is the last price: no size comes of that.")
                : w.Say("Нет данных: ATR ещё не известен. Назовите стоп сами: ", "No data: the ATR is not known yet. Name a stop: ")
                    + Wording.Code($"/size {symbol} {Percent(risk)} {Wording.Price(basis.LastPrice * 0.99, basis.Rules)}"));
        }

        return ChatAnswer.Of(Reckon(basis, trade, risk, w));
    }

    private string Reckon(SizeBasis basis, Trade trade, decimal risk, Wording w)
    {
        var (options, rules) = (book.Options, basis.Rules);
        var atr1m = double.IsNaN(basis.Atr) ? double.NaN : Costs.Atr1m(basis.Atr, basis.Frame);
        var costs = Costs.RoundTrip(options.Costs, rules, trade.Entry, trade.Type, atr1m);
        var distance = Math.Abs(trade.Entry - trade.Stop);
        var quantity = PositionSizing.Size(
            options.Risk with { RiskPerTrade = risk }, rules, basis.Equity, trade.Entry, trade.Stop, costs).Value;
        var notional = quantity * trade.Entry;
        var loss = quantity * (distance + costs);
        var wanted = basis.Equity * risk;
        var leverage = basis.Equity > 0 ? notional / basis.Equity : 0;
        var capped = quantity > 0 && loss < wanted * 0.95m && notional + (rules.StepSize * trade.Entry) < wanted / (distance + costs) * trade.Entry;
        string[] paragraphs =
        [
            $"{Wording.Bold($"{Wording.Text(basis.Symbol.Name)} · {w.Say("размер", "size")}")}, {Source(trade, w)}",
            w.Say(
                $"""
                {w.SideTitle(trade.Side)}: вход {Wording.Price(trade.Entry, rules)}, стоп {Wording.Price(trade.Stop, rules)} ({Share(trade)})
                Риск {Percent(risk)} % от {Wording.Balance(basis.Equity)}
                """,
                $"""
                {w.SideTitle(trade.Side)}: entry {Wording.Price(trade.Entry, rules)}, stop {Wording.Price(trade.Stop, rules)} ({Share(trade)})
                Risk {Percent(risk)} % of {Wording.Balance(basis.Equity)}
                """),
            quantity == 0
                ? w.Say(
                    $"Такая позиция меньше, чем берёт биржа (от {Wording.Balance(rules.MinNotional)}): размера нет",
                    $"Such a position is smaller than the exchange takes (from {Wording.Balance(rules.MinNotional)}): there is no size")
                : w.Say(
                    $"""
                    Количество: {Wording.Bold(Quantity(quantity, rules))}
                    Объём: {Wording.Balance(notional)}, плечо ×{Wording.Plain(leverage)}
                    Убыток на стопе с расходами: {Wording.Balance(loss)} ({Wording.Percent((double)(loss / basis.Equity * 100))})
                    """,
                    $"""
                    Quantity: {Wording.Bold(Quantity(quantity, rules))}
                    Notional: {Wording.Balance(notional)}, leverage ×{Wording.Plain(leverage)}
                    Loss at the stop, costs included: {Wording.Balance(loss)} ({Wording.Percent((double)(loss / basis.Equity * 100))})
                    """),
            w.Say(
                $"Расходы туда и обратно: {Wording.SizeR(costs / distance)} (предел {Wording.SizeR(options.Risk.CostMaxR)})",
                $"Round trip costs: {Wording.SizeR(costs / distance)} (limit {Wording.SizeR(options.Risk.CostMaxR)})")
                + (costs / distance > options.Risk.CostMaxR ? w.Say("\n⚠️ Так дорого бот не входит", "\n⚠️ The bot does not enter at such a price") : ""),
            capped ? w.Say(
                $"Размер урезан пределом: плечо до ×{Wording.Plain(Math.Min(options.Risk.LeverageMax, options.Risk.NotionalMaxShare), 0)} или наибольший ордер биржи",
                $"Cut by a limit: leverage up to ×{Wording.Plain(Math.Min(options.Risk.LeverageMax, options.Risk.NotionalMaxShare), 0)}, or the exchange's largest order") : "",
            w.Say("Это расчёт. Ордер не ставится.", "This is arithmetic. No order is placed."),
        ];
        return string.Join("\n\n", paragraphs.Where(paragraph => paragraph.Length > 0)).ReplaceLineEndings("\n");
    }

    /// <summary>A stop that was named; else the live signal; else two ATR from the last price.</summary>
    private Trade? Basis(SizeBasis basis, decimal? given)
    {
        var last = double.IsNaN(basis.LastPrice) ? (decimal?)null : basis.Rules.ToPrice(basis.LastPrice).Value;
        if (given is { } stop)
        {
            return last is { } at && at != stop
                ? new(stop < at ? Side.Long : Side.Short, at, stop, EntryType.Market, Origin.Given)
                : null;
        }

        if (basis.Plan is { } plan) return new(plan.Side, plan.Entry, plan.Stop, plan.EntryType, Origin.Signal);
        if (last is not { } price || double.IsNaN(basis.Atr)) return null;
        var fallback = basis.Rules.ToPriceDown((double)price - (book.Options.Risk.StopFallbackAtr * basis.Atr)).Value;
        return fallback > 0 && fallback < price ? new(Side.Long, price, fallback, EntryType.Market, Origin.Atr) : null;
    }

    private string Source(Trade trade, Wording w) => trade.From switch
    {
        Origin.Given => w.Say("ваш стоп", "your stop"),
        Origin.Signal => w.Say("по живому сигналу", "of the live signal"),
        _ => w.Say(
            $"стоп в {Wording.Plain(book.Options.Risk.StopFallbackAtr, 1)} ATR", $"stop {Wording.Plain(book.Options.Risk.StopFallbackAtr, 1)} ATR away"),
    };

    private bool TryRisk(ChatCall call, out decimal risk, out ChatAnswer? fault)
    {
        (risk, fault) = (book.Options.Risk.RiskPerTrade, null);
        if (call.Arguments.Count < 2) return true;
        var typed = call.Arguments[1].TrimEnd('%');
        if (TryNumber(typed, out var percent) && percent is >= RiskPercentMin and <= RiskPercentMax)
        {
            risk = percent / 100;
            return true;
        }

        var text = Wording.Text(call.Arguments[1], 40);
        fault = ChatAnswer.Of(call.Words.Say(
            $"Риск был «{text}», а нужно от {RiskPercentMin} до {RiskPercentMax} процентов, например 0.5",
            $"The risk was “{text}”; {RiskPercentMin} to {RiskPercentMax} percent is allowed, such as 0.5"));
        return false;
    }

    private static bool TryStop(ChatCall call, SizeBasis basis, out decimal? stop, out ChatAnswer? fault)
    {
        (stop, fault) = (null, null);
        if (call.Arguments.Count < 3) return true;
        var last = basis.LastPrice;
        if (TryNumber(call.Arguments[2], out var price) && price > 0
            && (double.IsNaN(last) || ((double)price > last / 2 && (double)price < last * 1.5)))
        {
            stop = basis.Rules.ToPrice((double)price).Value;
            return true;
        }

        var text = Wording.Text(call.Arguments[2], 40);
        fault = ChatAnswer.Of(call.Words.Say(
            $"Стоп был «{text}», а нужна цена не дальше половины от последней: {Wording.Price(last, basis.Rules)}",
            $"The stop was “{text}”; a price within half of the last one is allowed: {Wording.Price(last, basis.Rules)}"));
        return false;
    }

    // A comma is what a Russian keyboard offers for a decimal point; beyond 15 digits nobody means it.
    private static bool TryNumber(string text, out decimal value)
    {
        value = 0;
        return text.Length <= 16 && decimal.TryParse(
            text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }

    private static string Percent(decimal risk) => (risk * 100).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Share(Trade trade) => Wording.Change((double)((trade.Stop - trade.Entry) / trade.Entry * 100));

    private static string Quantity(decimal quantity, SymbolRules rules)
    {
        var decimals = 0;
        for (var step = rules.StepSize; decimals < 12 && step != Math.Floor(step); step *= 10) decimals++;
        return Wording.Plain(quantity, decimals);
    }

    private enum Origin
    {
        Given,
        Signal,
        Atr,
    }

    private sealed record Trade(Side Side, decimal Entry, decimal Stop, EntryType Type, Origin From);
}
