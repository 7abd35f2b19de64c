using System.Text;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Decoding;

public class SymbolTableTests
{
    [Fact]
    public void Add_ManySymbols_EachKeepsItsIndex()
    {
        var table = new SymbolTable();
        var symbols = Enumerable.Range(0, 800).Select(i => Symbol.Parse($"{(i % 7 == 0 ? "币" : "")}C{i}USDT")).ToArray();
        var indices = symbols.Select(table.Add).ToArray();

        Assert.Equal(Enumerable.Range(0, 800), indices);
        Assert.Equal(indices, symbols.Select(table.Add));
        Assert.Equal(indices, symbols.Select(table.IndexOf));
        Assert.Equal(indices, symbols.Select(s => table.IndexOf(Encoding.UTF8.GetBytes(s.Name))));
        Assert.Equal(symbols, indices.Select(i => table[i]));
        Assert.Equal(800, table.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("B")]
    [InlineData("BTC")]
    [InlineData("BTCUSD")]
    [InlineData("BTCUSDTX")]
    [InlineData("btcusdt")]
    [InlineData("币安人生")]
    public void IndexOf_UnknownName_IsMinusOne(string name)
    {
        Assert.Equal(-1, new SymbolTable(Symbol.Btc).IndexOf(Encoding.UTF8.GetBytes(name)));
        Assert.Equal(-1, new SymbolTable().IndexOf(Encoding.UTF8.GetBytes(name)));
    }

    [Theory]
    [InlineData("BN")]
    [InlineData("BNB")]
    [InlineData("BTCU")]
    [InlineData("BTCUSDT")]
    [InlineData("1000SHIBUSDT")]
    [InlineData("BTCUSDT_260327")]
    public void IndexOf_NameOfAnyLength_IsFound(string name)
    {
        var table = new SymbolTable(Symbol.Parse("ETHUSDT"), Symbol.Parse(name));

        Assert.Equal(1, table.IndexOf(Encoding.UTF8.GetBytes(name)));
    }

    [Fact]
    public void Add_NoSymbol_IsRefused() => Assert.Throws<ArgumentException>(() => new SymbolTable().Add(default));

    [Fact]
    public async Task IndexOf_WhileSymbolsAreAdded_FindsAllThatWereThere()
    {
        var table = new SymbolTable(Symbol.Btc);
        using var done = new CancellationTokenSource();
        var reading = Task.Run(() =>
        {
            var reads = 0;
            for (; !done.IsCancellationRequested || reads == 0; reads++)
            {
                var count = table.Count;
                Assert.Equal(count - 1, table.IndexOf(table[count - 1]));
                Assert.Equal(0, table.IndexOf("BTCUSDT"u8));
            }

            return reads;
        });

        for (var i = 0; i < 500; i++) table.Add(Symbol.Parse($"C{i}USDT"));
        await done.CancelAsync();

        Assert.True(await reading > 0);
    }
}
