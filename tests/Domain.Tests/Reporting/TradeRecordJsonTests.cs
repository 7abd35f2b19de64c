using System.Buffers;
using System.Text;
using System.Text.Json;
using FuturesBot.Domain.Reporting;
using Xunit;

namespace FuturesBot.Domain.Tests.Reporting;

public sealed class TradeRecordJsonTests
{
    [Fact]
    public void ToJson_ATrade_ReadsAsApproved() => Assert.Equal(
        """
        {"signal_id":"0000000000000001","symbol":"BTCUSDT","strategy":"LiquiditySweep","mode":"FADE",
        "direction":"LONG","category":"mean_reversion","score":3.5,"score_parts":[
        {"name":"volume","points":1,"because":"1.8 x the median"},
        {"name":"depth imbalance","points":null,"because":"no book"}],"regime":"RANGE",
        "decided_at":"2025-07-04T01:00:00Z","entry_time":"2025-07-04T01:00:00Z","entry_price":100,"stop":98,
        "tp1":102,"tp2":104,"exits":[
        {"time":"2025-07-04T02:00:00Z","price":102,"fraction":0.3,"reason":"TP1"},
        {"time":"2025-07-04T02:00:00Z","price":104.1,"fraction":0.7,"reason":"TP2"}],
        "fees":0.05,"funding":-0.01,"slippage":0.02,"pnl_r_gross":1.06,"pnl_r_net":1,"outcome":"WIN",
        "mfe_r":1.5,"mae_r":-0.5,"bars":7,"decision_hash":"ab12","execution":"primary"}
        """.ReplaceLineEndings(""),
        TradeRecordJson.ToJson(Trades.One(number: 1)));

    [Fact]
    public void Parse_WhatWasWritten_IsTheSameTrade()
    {
        var trade = Trades.One(-0.333333333333333333333333333m, number: 9) with
        {
            Score = double.NaN,
            Tp2 = null,
            EntryTimeMs = Trades.Start + 123,
            MfeR = 0.1 + 0.2,
            Execution = TradeRecord.ShadowedBy("00ff"),
        };

        var read = TradeRecordJson.Parse(TradeRecordJson.ToJson(trade));

        Assert.Equal(TradeRecordJson.ToJson(trade), TradeRecordJson.ToJson(read));
        Assert.Equal(
            (trade.PnlRNet, trade.MfeR, trade.Tp2, trade.EntryTimeMs, trade.Outcome, double.NaN),
            (read.PnlRNet, read.MfeR, read.Tp2, read.EntryTimeMs, read.Outcome, read.Score));
        Assert.Equal("shadowed by 00ff", read.Execution);
        Assert.False(read.IsPrimary);
        Assert.Equal(trade.ScoreParts, read.ScoreParts);
        Assert.Equal(trade.Exits, read.Exits);
    }

    [Fact]
    public void WriteLine_EqualTrades_GiveEqualBytes()
    {
        // 1.0 and 1.000 are the same decimal with another number of zeros.
        Assert.Equal(Line(Trades.One(1.0m)), Line(Trades.One(1.000m)));
        Assert.Equal((byte)'\n', Line(Trades.One())[^1]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"signal_id":7}""")]
    public void Parse_NotATrade_SaysSo(string line) =>
        Assert.Throws<FormatException>(() => TradeRecordJson.Parse(line));

    [Fact]
    public void Write_HostileText_StaysInsideItsString()
    {
        var trade = Trades.One() with { Regime = "\"},\n<script>" };

        using var document = JsonDocument.Parse(Line(trade));

        Assert.Equal("\"},\n<script>", document.RootElement.GetProperty("regime").GetString());
        Assert.Single(Encoding.UTF8.GetString(Line(trade)).TrimEnd('\n').Split('\n'));
    }

    private static byte[] Line(TradeRecord trade)
    {
        var buffer = new ArrayBufferWriter<byte>();
        TradeRecordJson.WriteLine(buffer, trade);
        return buffer.WrittenSpan.ToArray();
    }
}
