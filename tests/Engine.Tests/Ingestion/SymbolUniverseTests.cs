using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;
using Xunit;

namespace FuturesBot.Engine.Tests.Ingestion;

public sealed class SymbolUniverseTests
{
    private static readonly HashSet<Symbol> NothingOpen = [];

    private readonly List<ExchangeSymbol> _listed = [Of("BTCUSDT"), Of("ETHUSDT"), Of("ADAUSDT")];
    private readonly Dictionary<Symbol, double> _volumes = new()
    {
        [Symbol.Btc] = 9e9,
        [Symbol.Parse("ETHUSDT")] = 5e9,
        [Symbol.Parse("ADAUSDT")] = 10_000_000,
    };

    [Fact]
    public void Refresh_First_TakesAllThatFitBtcFirst()
    {
        var change = Refresh(new(new()));

        Assert.Equal(["BTCUSDT", "ADAUSDT", "ETHUSDT"], Names(change.Symbols));   // exactly 10 M is enough
        Assert.Equal(change.Symbols, change.Added);
        Assert.Empty(change.Draining);
    }

    [Theory]
    [InlineData("contract", "contract type TRADIFI_PERPETUAL")]
    [InlineData("underlying", "underlying type EQUITY")]
    [InlineData("status", "status SETTLING")]
    [InlineData("quote", "quoted in USDC")]
    [InlineData("stable", "FDUSD holds its price")]
    [InlineData("volume", "9.99 M traded in 24 hours, 10 M are needed")]
    [InlineData("unknown volume", "its volume is not known")]
    public void Refresh_SymbolThatDoesNotFit_IsExcludedWithItsReason(string what, string reason)
    {
        var odd = Of("ODDUSDT");
        _volumes[odd.Symbol] = 1e9;
        _listed.Add(what switch
        {
            "contract" => odd with { ContractType = "TRADIFI_PERPETUAL" },
            "underlying" => odd with { UnderlyingType = "EQUITY" },
            "status" => odd with { Status = "SETTLING" },
            "quote" => odd with { QuoteAsset = "USDC" },
            "stable" => odd with { BaseAsset = "FDUSD" },
            _ => odd,
        });
        if (what == "volume") _volumes[odd.Symbol] = 9_990_000;
        if (what == "unknown volume") _volumes.Remove(odd.Symbol);

        var change = Refresh(new(new()));

        Assert.Equal(reason, change.Excluded[odd.Symbol]);
        Assert.DoesNotContain("ODDUSDT", Names(change.Symbols));
    }

    [Fact]
    public void Refresh_SymbolLeavesWithAnOpenPosition_DrainsUntilItIsClosed()
    {
        var universe = new SymbolUniverse(new());
        Refresh(universe);
        var ada = Symbol.Parse("ADAUSDT");
        _volumes[ada] = 1;

        var leaving = Refresh(universe, open: [ada]);
        var still = Refresh(universe, open: [ada]);
        var closed = Refresh(universe);

        Assert.Equal(["ADAUSDT"], Names(leaving.Draining));
        Assert.Equal(["BTCUSDT", "ETHUSDT"], Names(leaving.Symbols));
        Assert.Equal(["BTCUSDT", "ETHUSDT", "ADAUSDT"], Names(leaving.Followed));
        Assert.Equal(["ADAUSDT"], Names(still.Draining));
        Assert.Empty(leaving.Left);
        Assert.Empty(closed.Draining);
        Assert.Equal([ada], closed.Left);
    }

    [Fact]
    public void Refresh_DelistedSymbolWithAnOpenPosition_Drains()
    {
        var universe = new SymbolUniverse(new());
        Refresh(universe);
        var ada = Symbol.Parse("ADAUSDT");
        _listed.RemoveAll(one => one.Symbol == ada);

        var change = Refresh(universe, open: [ada]);

        Assert.Equal(["ADAUSDT"], Names(change.Draining));
        Assert.Equal("the exchange does not list it any more", change.Excluded[ada]);
    }

    [Fact]
    public void Refresh_DrainingSymbolComesBack_IsAddedAgain()
    {
        var universe = new SymbolUniverse(new());
        Refresh(universe);
        var ada = Symbol.Parse("ADAUSDT");
        _volumes[ada] = 1;
        Refresh(universe, open: [ada]);
        _volumes[ada] = 2e7;

        var change = Refresh(universe, open: [ada]);

        Assert.Equal(["ADAUSDT"], Names(change.Added));
        Assert.Empty(change.Draining);
    }

    [Fact]
    public void Refresh_EmptyAnswer_ChangesNothing()
    {
        var universe = new SymbolUniverse(new());
        var before = Refresh(universe);
        _listed.Clear();

        var change = Refresh(universe);

        Assert.Equal(before.Symbols, change.Symbols);
        Assert.Empty(change.Draining);
        Assert.Empty(change.Left);
    }

    [Fact]
    public void Refresh_VolumesMissing_KeepsThoseThatAreFollowed()
    {
        var universe = new SymbolUniverse(new());
        Refresh(universe);
        _volumes.Clear();
        Assert.Equal(["BTCUSDT", "ADAUSDT", "ETHUSDT"], Names(Refresh(universe).Symbols));
    }

    [Fact]
    public void Refresh_AddedAndRemovedByHand_HoldsWhateverTheVolume()
    {
        _listed.Add(Of("LOWUSDT"));
        _volumes[Symbol.Parse("LOWUSDT")] = 3;
        var universe = new SymbolUniverse(new() { Added = "LOWUSDT, NONEUSDT", Removed = "ETHUSDT" });

        var configured = Refresh(universe);
        universe.Add(Symbol.Parse("ETHUSDT"));
        universe.Remove(Symbol.Parse("LOWUSDT"));
        var changed = Refresh(universe);

        Assert.Equal(["BTCUSDT", "ADAUSDT", "LOWUSDT"], Names(configured.Symbols));
        Assert.Equal("removed by hand", configured.Excluded[Symbol.Parse("ETHUSDT")]);
        Assert.Equal(["BTCUSDT", "ADAUSDT", "ETHUSDT"], Names(changed.Symbols));
        Assert.Equal([Symbol.Parse("LOWUSDT")], changed.Left);
    }

    [Fact]
    public void Refresh_MoreThanTheMost_KeepsTheGreatestVolumesAndBtc()
    {
        _volumes[Symbol.Btc] = 1;
        var change = Refresh(new(new() { SymbolsMax = 2 }));
        Assert.Equal(["BTCUSDT", "ETHUSDT"], Names(change.Symbols));
        Assert.Equal("2 symbols with more volume are followed", change.Excluded[Symbol.Parse("ADAUSDT")]);
    }

    [Fact]
    public void ChangedRules_OfAFollowedSymbol_AreFoundAndSaid()
    {
        var followed = _listed.Select(one => new SymbolListing(one.Symbol, one.Rules)).ToArray();
        var change = Refresh(new(new()));
        Assert.Empty(ChangedRules.Among(followed, change));

        var eth = _listed.FindIndex(one => one.Symbol.Name == "ETHUSDT");
        _listed[eth] = _listed[eth] with { Rules = _listed[eth].Rules with { TickSize = 0.001m, MinNotional = 20m } };
        _listed.RemoveAll(one => one.Symbol.Name == "ADAUSDT");   // gone: it keeps what it had
        var changed = Assert.Single(ChangedRules.Among(followed, Refresh(new(new()))));

        Assert.Equal(("ETHUSDT", 0.001m, 0.01m), (changed.Listing.Symbol.Name, changed.Listing.Rules.TickSize, changed.Before.TickSize));
        Assert.Equal("tick 0.01 → 0.001, least notional 5 → 20", changed.Text);
    }

    private static ExchangeSymbol Of(string name) => new(
        Symbol.Parse(name), SymbolRules.FromTick(0.01m), "PERPETUAL", "COIN", "TRADING", name[..^4], "USDT", 0);

    private static IEnumerable<string> Names(IEnumerable<ExchangeSymbol> symbols) => symbols.Select(one => one.Symbol.Name);

    private UniverseChange Refresh(SymbolUniverse universe, HashSet<Symbol>? open = null) =>
        universe.Refresh(_listed, _volumes, (open ?? NothingOpen).Contains);
}
