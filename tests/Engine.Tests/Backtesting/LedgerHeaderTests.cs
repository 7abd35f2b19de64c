using System.Reflection;
using System.Text;
using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Ledger;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Recording;
using Xunit;

namespace FuturesBot.Engine.Tests.Backtesting;

public sealed class LedgerHeaderTests
{
    private static readonly SeriesInfo[] Series =
        [new(Symbol.Btc, TimeFrame.M15), new(Symbol.Btc, TimeFrame.M1)];

    private static readonly Dictionary<Symbol, FoundRules> Rules = new()
    {
        [Symbol.Btc] = new(new(0.10m, 0.001m, 100m, 0.001m, 1_000m), RulesOrigin.ExchangeInfo),
    };

    [Theory]
    [InlineData("default")]
    [InlineData("seed")]
    public void Read_OfAProfile_IsWhatWasWritten(string profile)
    {
        var request = new BacktestRequest
        {
            Options = KernelOptions.ForProfile(profile),
            FromMs = 5,
            Ledger = LedgerDepth.Full,
        };

        var header = RoundTrip(LedgerHeader.Of(request, Series, Rules));

        Assert.Equal(request.Options, header.Request.Options);
        Assert.Equal((5, long.MaxValue), (header.Request.FromMs, header.Request.ToMs));
        Assert.Equal(LedgerDepth.Full, header.Request.Ledger);
        Assert.Equal([Symbol.Btc], header.Request.Symbols);
        Assert.Equal(Rules[Symbol.Btc], header.Symbols[Symbol.Btc].Found);
        Assert.Equal([TimeFrame.M1, TimeFrame.M15], header.Symbols[Symbol.Btc].Frames);
    }

    [Fact]
    public void Read_WithEveryThresholdChanged_LosesNone()
    {
        var changed = (KernelOptions)Changed(KernelOptions.Default);
        Assert.NotEqual(KernelOptions.Default, changed);

        var header = RoundTrip(LedgerHeader.Of(new() { Options = changed }, Series, Rules));

        Assert.Equal(changed, header.Request.Options);
    }

    [Theory]
    [InlineData("\"kernel\":1", "\"kernel\":99", "version 99 of the kernel")]
    [InlineData("\"AdxEnter\"", "\"AdxEnters\"", "AdxEnters")]
    [InlineData("\"kind\":\"header\"", "\"kind\":\"event\"", "not a header")]
    [InlineData("\"frames\":[\"1m\"", "\"frames\":[\"2m\"", "'2m' is no time frame")]
    [InlineData("{\"seq\"", "{seq", "cannot be read")]
    public void Read_OfAHeaderThatDoesNotFit_SaysWhy(string text, string other, string message)
    {
        var line = Line(LedgerHeader.Of(new(), Series, Rules));
        Assert.Contains(text, line, StringComparison.Ordinal);

        var changed = line.Replace(text, other, StringComparison.Ordinal);
        var fault = LedgerHeader.Read(Encoding.UTF8.GetBytes(changed), out var header);

        Assert.Null(header);
        Assert.Contains(message, fault, StringComparison.Ordinal);
    }

    private static LedgerHeader RoundTrip(LedgerHeader header)
    {
        Assert.Null(LedgerHeader.Read(Encoding.UTF8.GetBytes(Line(header)), out var read));
        return read!;
    }

    private static string Line(LedgerHeader header)
    {
        using var stream = new MemoryStream();
        using (var ledger = new LedgerWriter(stream, leaveOpen: true))
            ledger.Write(LedgerKind.Header, header);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>A copy in which every value differs.</summary>
    private static object Changed(object options)
    {
        var copy = options.GetType().GetMethod("<Clone>$")!.Invoke(options, null)!;
        var properties = copy.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public);
        foreach (var property in properties.Where(property => property.CanWrite))
            property.SetValue(copy, Other(property.GetValue(copy)!));
        return copy;
    }

    private static object Other(object value) => value switch
    {
        bool flag => !flag,
        int number => number + 1,
        double number => number + 0.1,
        decimal number => number + 0.010m,
        string text => text + "…",
        Enum choice => Enum.GetValues(choice.GetType()).Cast<object>().First(other => !other.Equals(choice)),
        _ when value.GetType().GetMethod("<Clone>$") is not null => Changed(value),
        _ => throw new NotSupportedException($"{value.GetType()} is new among the options"),
    };
}
