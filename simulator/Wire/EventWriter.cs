using System.Buffers;
using System.Text.Json;
using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Wire;

/// <summary>Writes market events as the exchange does, each once for all who listen. One thread at a time.</summary>
internal sealed class EventWriter : IDisposable
{
    // st: 1 for contracts margined in USDT and USDC, 2 for contracts margined in coins.
    private const int UsdMargined = 1;
    private const int CoinMargined = 2;
    private const int FirstBytes = 4_096;
    private const int Decimals = 8;

    // A dollar contract of the leader: the share of a coin's price that its own market is off.
    private const decimal CoinMarginedPremium = 1.0001m;

    private readonly ArrayBufferWriter<byte> _buffer = new(FirstBytes);
    private readonly Utf8JsonWriter _json;
    private readonly ExchangeChanges _changes;

    public EventWriter(ExchangeChanges changes)
    {
        _changes = changes;
        _json = new(_buffer, WireJson.Written);
    }

    public ReadOnlyMemory<byte> BookTicker(SymbolWire symbol, in BookTicker ticker)
    {
        Begin("bookTicker"u8);
        _json.WriteNumber("u"u8, ticker.UpdateId);
        _json.WriteString("s"u8, symbol.EncodedName);
        symbol.Price(_json, "b"u8, ticker.Bid.Ticks);
        symbol.Quantity(_json, "B"u8, ticker.Bid.Steps);
        symbol.Price(_json, "a"u8, ticker.Ask.Ticks);
        symbol.Quantity(_json, "A"u8, ticker.Ask.Steps);
        _json.WriteNumber("T"u8, ticker.TransactionMs);
        _json.WriteNumber("E"u8, ticker.EventMs);
        Merged(symbol);
        return End();
    }

    public ReadOnlyMemory<byte> Depth(SymbolWire symbol, in DepthDelta delta)
    {
        Begin("depthUpdate"u8, delta.EventMs);
        _json.WriteNumber("T"u8, delta.TransactionMs);
        _json.WriteString("s"u8, symbol.EncodedName);
        _json.WriteNumber("U"u8, delta.FirstId);
        _json.WriteNumber("u"u8, delta.LastId);
        _json.WriteNumber("pu"u8, delta.PreviousLastId);
        symbol.Levels(_json, "b"u8, delta.Bids);
        symbol.Levels(_json, "a"u8, delta.Asks);
        Merged(symbol);
        return End();
    }

    public ReadOnlyMemory<byte> Trade(SymbolWire symbol, in MarketTrade trade)
    {
        Begin("trade"u8, trade.TimeMs);
        _json.WriteNumber("T"u8, trade.TimeMs);
        _json.WriteString("s"u8, symbol.EncodedName);
        _json.WriteNumber("t"u8, trade.Id);
        symbol.Price(_json, "p"u8, trade.Ticks);
        symbol.Quantity(_json, "q"u8, trade.Steps);
        _json.WriteString("X"u8, "MARKET"u8);
        _json.WriteBoolean("m"u8, trade.BuyerIsMaker);
        return End();
    }

    public ReadOnlyMemory<byte> AggTrade(SymbolWire symbol, in AggTrade trade, long eventMs)
    {
        Begin("aggTrade"u8, eventMs);
        _json.WriteNumber("a"u8, trade.Id);
        _json.WriteString("s"u8, symbol.EncodedName);
        symbol.Price(_json, "p"u8, trade.Ticks);
        symbol.Quantity(_json, "q"u8, trade.Steps);
        if (_changes.RpiQuantity) symbol.Quantity(_json, "nq"u8, trade.Steps);
        _json.WriteNumber("f"u8, trade.FirstTradeId);
        _json.WriteNumber("l"u8, trade.LastTradeId);
        _json.WriteNumber("T"u8, trade.TimeMs);
        _json.WriteBoolean("m"u8, trade.BuyerIsMaker);
        if (_changes.CoinMarginedMerged) _json.WriteNumber("st"u8, UsdMargined);
        return End();
    }

    public ReadOnlyMemory<byte> Kline(
        SymbolWire symbol, KlineInterval interval, in KlineRow row, bool closed, long eventMs, bool continuous)
    {
        Begin(continuous ? "continuous_kline"u8 : "kline"u8, eventMs);
        if (continuous)
        {
            _json.WriteString("ps"u8, symbol.Symbol.Pair);
            _json.WriteString("ct"u8, symbol.Symbol.ContractType);
        }
        else
        {
            _json.WriteString("s"u8, symbol.EncodedName);
        }

        _json.WriteStartObject("k"u8);
        _json.WriteNumber("t"u8, row.OpenMs);
        _json.WriteNumber("T"u8, row.CloseMs);
        if (!continuous) _json.WriteString("s"u8, symbol.EncodedName);
        _json.WriteString("i"u8, interval.Code());
        _json.WriteNumber("f"u8, row.FirstTradeId);
        _json.WriteNumber("L"u8, row.LastTradeId);
        symbol.Price(_json, "o"u8, row.Open);
        symbol.Price(_json, "c"u8, row.Close);
        symbol.Price(_json, "h"u8, row.High);
        symbol.Price(_json, "l"u8, row.Low);
        symbol.Volume(_json, "v"u8, row.Volume);
        _json.WriteNumber("n"u8, row.Trades);
        _json.WriteBoolean("x"u8, closed);
        _json.Sum("q"u8, row.QuoteVolume);
        symbol.Volume(_json, "V"u8, row.TakerBuyVolume);
        _json.Sum("Q"u8, row.TakerBuyQuoteVolume);
        _json.WriteString("B"u8, "0"u8);
        _json.WriteEndObject();
        return End();
    }

    public ReadOnlyMemory<byte> MarkPrice(SymbolWire symbol, in MarkPrice mark)
    {
        Reset();
        WriteMarkPrice(symbol, mark);
        return Taken();
    }

    public ReadOnlyMemory<byte> AllMarkPrices(IEnumerable<(SymbolWire Symbol, MarkPrice Mark)> all)
    {
        BeginList();
        var leader = true;
        foreach (var (symbol, mark) in all)
        {
            WriteMarkPrice(symbol, mark);
            if (leader && _changes.CoinMarginedMerged) WriteCoinMarginedMark(symbol, mark);
            leader = false;
        }

        return EndList();
    }

    public ReadOnlyMemory<byte> Ticker(SymbolWire symbol, in Ticker24h ticker, long eventMs)
    {
        Reset();
        WriteTicker(symbol, ticker, eventMs);
        return Taken();
    }

    public ReadOnlyMemory<byte> AllTickers(IEnumerable<(SymbolWire Symbol, Ticker24h Ticker)> all, long eventMs)
    {
        BeginList();
        foreach (var (symbol, ticker) in all) WriteTicker(symbol, ticker, eventMs);
        return EndList();
    }

    public ReadOnlyMemory<byte> MiniTicker(SymbolWire symbol, in Ticker24h ticker, long eventMs)
    {
        Reset();
        WriteMiniTicker(symbol, ticker, eventMs);
        return Taken();
    }

    public ReadOnlyMemory<byte> AllMiniTickers(IEnumerable<(SymbolWire Symbol, Ticker24h Ticker)> all, long eventMs)
    {
        BeginList();
        foreach (var (symbol, ticker) in all) WriteMiniTicker(symbol, ticker, eventMs);
        return EndList();
    }

    /// <summary>The book ticker of a contract margined in coins, as it comes among all book tickers.</summary>
    public ReadOnlyMemory<byte> CoinMarginedBookTicker(SymbolWire leader, in BookTicker ticker)
    {
        Begin("bookTicker"u8);
        _json.WriteNumber("u"u8, ticker.UpdateId);
        _json.WriteString("s"u8, CoinMarginedName(leader));
        Price("b"u8, ticker.Bid.Ticks);
        _json.WriteString("B"u8, "120"u8);
        Price("a"u8, ticker.Ask.Ticks);
        _json.WriteString("A"u8, "80"u8);
        _json.WriteNumber("T"u8, ticker.TransactionMs);
        _json.WriteNumber("E"u8, ticker.EventMs);
        MergedAs(CoinMarginedPair(leader), CoinMargined);
        return End();

        void Price(ReadOnlySpan<byte> name, long ticks) =>
            _json.Number(name, Math.Round(leader.Symbol.Price(ticks) * CoinMarginedPremium, leader.Symbol.PriceDecimals));
    }

    public ReadOnlyMemory<byte> ListenKeyExpired(string key, long eventMs)
    {
        Begin("listenKeyExpired"u8, eventMs);
        _json.WriteString("listenKey"u8, key);
        return End();
    }

    public ReadOnlyMemory<byte> ContractInfo(SymbolWire symbol, long eventMs)
    {
        Begin("contractInfo"u8, eventMs);
        _json.WriteString("s"u8, symbol.EncodedName);
        _json.WriteString("ps"u8, symbol.Symbol.Pair);
        _json.WriteString("ct"u8, symbol.Symbol.ContractType);
        _json.WriteNumber("dt"u8, symbol.Symbol.DeliveryMs);
        _json.WriteNumber("ot"u8, symbol.Symbol.OnboardMs);
        _json.WriteString("cs"u8, symbol.Symbol.Status);
        if (_changes.CoinMarginedMerged) _json.WriteNumber("st"u8, UsdMargined);
        return End();
    }

    public void Dispose() => _json.Dispose();

    private static string CoinMarginedPair(SymbolWire leader) => $"{leader.Symbol.BaseAsset}USD";

    private static string CoinMarginedName(SymbolWire leader) => $"{CoinMarginedPair(leader)}_PERP";

    private void WriteMarkPrice(SymbolWire symbol, in MarkPrice mark)
    {
        BeginObject("markPriceUpdate"u8, mark.TimeMs);
        _json.WriteString("s"u8, symbol.EncodedName);
        _json.Number("p"u8, mark.Mark);
        _json.Number("ap"u8, mark.Mark);
        _json.Number("P"u8, mark.EstimatedSettle);
        _json.Number("i"u8, mark.Index);
        _json.Number("r"u8, Math.Round(mark.FundingRate, Decimals));
        _json.WriteNumber("T"u8, mark.NextFundingMs);
        Merged(symbol);
        _json.WriteEndObject();
    }

    private void WriteCoinMarginedMark(SymbolWire leader, in MarkPrice mark)
    {
        BeginObject("markPriceUpdate"u8, mark.TimeMs);
        _json.WriteString("s"u8, CoinMarginedName(leader));
        _json.Number("p"u8, Math.Round(mark.Mark * CoinMarginedPremium, Decimals));
        _json.Number("P"u8, Math.Round(mark.EstimatedSettle * CoinMarginedPremium, Decimals));
        _json.Number("i"u8, mark.Index);
        _json.Number("r"u8, Math.Round(mark.FundingRate, Decimals));
        _json.WriteNumber("T"u8, mark.NextFundingMs);
        MergedAs(CoinMarginedPair(leader), CoinMargined);
        _json.WriteEndObject();
    }

    private void WriteTicker(SymbolWire symbol, in Ticker24h ticker, long eventMs)
    {
        BeginObject("24hrTicker"u8, eventMs);
        _json.WriteString("s"u8, symbol.EncodedName);
        symbol.Price(_json, "p"u8, ticker.Last - ticker.Open);
        _json.Number("P"u8, Tickers.ChangePercent(ticker));
        _json.Number("w"u8, Tickers.WeightedAverage(symbol.Symbol, ticker));
        symbol.Price(_json, "c"u8, ticker.Last);
        symbol.Quantity(_json, "Q"u8, ticker.LastSteps);
        symbol.Price(_json, "o"u8, ticker.Open);
        symbol.Price(_json, "h"u8, ticker.High);
        symbol.Price(_json, "l"u8, ticker.Low);
        symbol.Volume(_json, "v"u8, ticker.Volume);
        _json.Sum("q"u8, ticker.QuoteVolume);
        _json.WriteNumber("O"u8, ticker.OpenMs);
        _json.WriteNumber("C"u8, ticker.CloseMs);
        _json.WriteNumber("F"u8, ticker.FirstTradeId);
        _json.WriteNumber("L"u8, ticker.LastTradeId);
        _json.WriteNumber("n"u8, ticker.Trades);
        Merged(symbol);
        _json.WriteEndObject();
    }

    private void WriteMiniTicker(SymbolWire symbol, in Ticker24h ticker, long eventMs)
    {
        BeginObject("24hrMiniTicker"u8, eventMs);
        _json.WriteString("s"u8, symbol.EncodedName);
        symbol.Price(_json, "c"u8, ticker.Last);
        symbol.Price(_json, "o"u8, ticker.Open);
        symbol.Price(_json, "h"u8, ticker.High);
        symbol.Price(_json, "l"u8, ticker.Low);
        symbol.Volume(_json, "v"u8, ticker.Volume);
        _json.Sum("q"u8, ticker.QuoteVolume);
        Merged(symbol);
        _json.WriteEndObject();
    }

    private void Merged(SymbolWire symbol) => MergedAs(symbol.Symbol.Pair, UsdMargined);

    private void MergedAs(string pair, int type)
    {
        if (!_changes.CoinMarginedMerged) return;
        _json.WriteString("ps"u8, pair);
        _json.WriteNumber("st"u8, type);
    }

    private void Begin(ReadOnlySpan<byte> type, long eventMs)
    {
        Reset();
        BeginObject(type, eventMs);
    }

    private void Begin(ReadOnlySpan<byte> type)
    {
        Reset();
        _json.WriteStartObject();
        _json.WriteString("e"u8, type);
    }

    private void BeginObject(ReadOnlySpan<byte> type, long eventMs)
    {
        _json.WriteStartObject();
        _json.WriteString("e"u8, type);
        _json.WriteNumber("E"u8, eventMs);
    }

    private void BeginList()
    {
        Reset();
        _json.WriteStartArray();
    }

    private void Reset()
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
    }

    private byte[] End()
    {
        _json.WriteEndObject();
        return Taken();
    }

    private byte[] EndList()
    {
        _json.WriteEndArray();
        return Taken();
    }

    private byte[] Taken()
    {
        _json.Flush();
        return _buffer.WrittenSpan.ToArray();
    }
}
