using FuturesBot.Domain.Market;
using FuturesBot.Simulator.Market;
using FuturesBot.Simulator.Trading;
using Xunit;

namespace FuturesBot.Simulator.Tests.Trading;

/// <summary>Random orders in a random market, with the books kept a second time by the test.</summary>
public sealed class TradingPropertyTests
{
    private const int Steps = 3_000;
    private const decimal Start = 3_000m;

    public static TheoryData<int> Seeds => [1, 2, 3, 4, 5, 6, 7, 8, 42, 2026];

    [Theory, MemberData(nameof(Seeds))]
    public void AnyOrders_InAnyMarket_KeepTheBooks(int seed)
    {
        var run = new Run(seed);
        for (var step = 0; step < Steps; step++)
        {
            run.Step();
            run.Check($"seed {seed}, step {step}");
        }

        // The stream has to reach the rules, or it proves nothing.
        Assert.True(run.Seen.IsSupersetOf(
            ["flat", "short", "long", "maker", "taker", "reduce", "self-trade", "stop", "amended", "funding", "refused", "turned"]),
            $"seed {seed} saw only {string.Join(", ", run.Seen.Order())}");
    }

    [Fact]
    public void SameSeed_RunTwice_IsTheSameHistory()
    {
        var (first, second) = (new Run(7), new Run(7));
        for (var step = 0; step < 500; step++)
        {
            first.Step();
            second.Step();
        }

        Assert.Equal(first.Lines, second.Lines);
    }

    private sealed class Run
    {
        private readonly Random _random;
        private readonly Venue _venue;
        private readonly Dictionary<long, decimal> _filled = [];
        private (decimal Price, long Steps)[] _bids = [];
        private (decimal Price, long Steps)[] _asks = [];
        private decimal _amount;
        private decimal _cash = Start;
        private int _fills;
        private int _orders;
        private long _mid = 1_000;

        public Run(int seed)
        {
            _random = new(seed);
            _venue = new(new() { StartBalance = Start }, triggerMs: seed % 2 == 0 ? 300 : 0);
        }

        public HashSet<string> Seen { get; } = [];

        public List<string> Lines => _venue.Record.Lines;

        private SymbolDesk Desk => _venue.Btc;

        public void Step()
        {
            Remember();
            switch (_random.Next(14))
            {
                case <= 4:
                    Place();
                    break;
                case 5:
                    Cancel();
                    break;
                case 6:
                    Amend();
                    break;
                case 7:
                    Stop();
                    break;
                case 8 or 9:
                    Trade();
                    break;
                case 10 or 11:
                    Quote();
                    break;
                case 12:
                    _venue.Mark((_mid + _random.Next(-3, 4)) / 10m);
                    break;
                default:
                    Fund();
                    _venue.Pass(_random.Next(1_000));
                    break;
            }
        }

        public void Check(string where)
        {
            Book(where);
            Assert.True(_amount == Desk.Position.Amount, $"{where}: position {Desk.Position.Amount}, fills sum to {_amount}");
            var mark = _venue.Market.MarkPrice(FakeMarket.Btc);
            var equity = _venue.Engine.Account.Wallet + Desk.Position.Unrealized(mark);
            Assert.True(Math.Abs(equity - (_cash + (_amount * mark))) <= 0.00000001m, $"{where}: equity {equity}, cash flows give {_cash + (_amount * mark)}");
            if (_amount == 0)
                Assert.True(_venue.Engine.Account.Wallet == _cash, $"{where}: wallet {_venue.Engine.Account.Wallet}, cash {_cash}");
            Assert.True(_venue.Engine.Account.Wallet == Start + _venue.Engine.Account.Income.Sum(row => row.Amount), $"{where}: income");
            CheckOrders(where);
            Seen.Add(_amount == 0 ? "flat" : _amount > 0 ? "long" : "short");
        }

        /// <summary>Takes over the fills of this step.</summary>
        private void Book(string where)
        {
            var eaten = new Dictionary<decimal, decimal>();
            foreach (var fill in _venue.Record.Fills.Skip(_fills))
            {
                var signed = (int)fill.Order.Side * fill.Quantity;
                if (fill.Order.ReduceOnly || fill.Order.ClosePosition)
                {
                    Seen.Add("reduce");
                    Assert.True(Math.Sign(_amount) == -Math.Sign(signed) && Math.Abs(signed) <= Math.Abs(_amount),
                        $"{where}: reduce-only {signed} on a position of {_amount}");
                }

                if (_amount != 0 && Math.Sign(_amount) == -Math.Sign(_amount + signed)) Seen.Add("turned");
                _amount += signed;
                _cash -= (signed * fill.Price) + Math.Round(fill.Price * fill.Quantity * (fill.IsMaker ? 0.0002m : 0.0005m), 8);
                _filled[fill.Order.Id] = _filled.GetValueOrDefault(fill.Order.Id) + fill.Quantity;
                Seen.Add(fill.IsMaker ? "maker" : "taker");
                if (fill.IsMaker) continue;

                eaten[fill.Price] = eaten.GetValueOrDefault(fill.Price) + fill.Quantity;
                var level = (fill.Order.Side == OrderSide.Buy ? _asks : _bids).FirstOrDefault(level => level.Price == fill.Price);
                Assert.True(eaten[fill.Price] <= level.Steps / 1000m, $"{where}: {eaten[fill.Price]} taken at {fill.Price} where {level.Steps} steps stood");
                if (fill.Order.Type == OrderType.Limit)
                    Assert.True((int)fill.Order.Side * (fill.Order.Price - fill.Price) >= 0, $"{where}: limit {fill.Order.Price} filled at {fill.Price}");
            }

            var ids = _venue.Record.Fills.Skip(Math.Max(0, _fills - 1)).Select(fill => fill.Id).ToArray();
            Assert.True(ids.SequenceEqual(ids.Distinct().Order()), $"{where}: ids {string.Join(" ", ids)}");
            _fills = _venue.Record.Fills.Count;
        }

        private void CheckOrders(string where)
        {
            var resting = Desk.Resting.ToArray();
            Assert.True(resting.All(order => order.IsOpen && order.RemainingSteps > 0), $"{where}: an ended order rests");
            Assert.True(
                resting.Select(order => order.Id).Order().SequenceEqual(_venue.Engine.Archive.Orders.Where(order => order.IsOpen).Select(order => order.Id)),
                $"{where}: open orders and the book differ");
            Assert.True(resting.All(order => !order.ReduceOnly || Math.Sign(_amount) == -(int)order.Side), $"{where}: a reduce-only order opens");
            var highest = Desk.Side(OrderSide.Buy).Select(order => order.PriceTicks).DefaultIfEmpty(0).Max();
            Assert.True(Desk.Side(OrderSide.Sell).All(order => order.PriceTicks > highest), $"{where}: own orders cross");
            var shown = resting.GroupBy(order => (order.Side == OrderSide.Buy ? Side.Long : Side.Short, order.PriceTicks))
                .ToDictionary(level => level.Key, level => level.Sum(order => order.RemainingSteps));
            Assert.True(shown.Count == _venue.Book.Own.Count && shown.All(level => _venue.Book.Own.GetValueOrDefault(level.Key) == level.Value),
                $"{where}: the book shows other own orders");
            foreach (var order in _venue.Engine.Archive.Orders.TakeLast(50))
                Assert.True(order.Executed == _filled.GetValueOrDefault(order.Id), $"{where}: {order.Id} executed {order.Executed}");
            if (_venue.Record.Lines.Any(line => line.EndsWith("SelfTrade", StringComparison.Ordinal)))
                Seen.Add("self-trade");
            if (_venue.Engine.Archive.Algos.Any(algo => algo.Actual is { ExecutedSteps: > 0 }))
                Seen.Add("stop");
        }

        private void Remember()
        {
            _bids = [.. _venue.Book.Bids.Select(level => (level.Key / 10m, level.Value))];
            _asks = [.. _venue.Book.Asks.Select(level => (level.Key / 10m, level.Value))];
        }

        private void Place()
        {
            var side = _random.Next(2) == 0 ? OrderSide.Buy : OrderSide.Sell;
            var quantity = _random.Next(1, 4_000) / 1000m;
            var reduceOnly = _random.Next(3) == 0;
            var request = _random.Next(3) == 0
                ? Venue.MarketOrder(side, quantity, $"o{++_orders}", reduceOnly)
                : Venue.LimitOrder(
                    side, quantity, (_mid + _random.Next(-8, 9)) / 10m, $"o{++_orders}", (TimeInForce)_random.Next(4), reduceOnly);
            if (!_venue.Engine.Place(request with { SelfTrade = (SelfTradePrevention)_random.Next(3) }).Accepted(out _, out _))
                Seen.Add("refused");
        }

        private void Cancel()
        {
            if (Desk.Resting.ToArray() is { Length: > 0 } resting)
                _venue.Engine.Cancel(resting[_random.Next(resting.Length)]);
            if (Desk.Algos.Count > 3) _venue.Engine.Cancel(Desk.Algos[_random.Next(Desk.Algos.Count)]);
        }

        private void Amend()
        {
            if (Desk.Resting.ToArray() is not { Length: > 0 } resting) return;
            var order = resting[_random.Next(resting.Length)];
            var outcome = _venue.Engine.Amend(
                order, order.Side, (_mid + _random.Next(-6, 7)) / 10m, order.Executed + (_random.Next(0, 2_000) / 1000m), PriceMatch.None);
            if (outcome.Refusal is null) Seen.Add("amended");
        }

        private void Stop()
        {
            var side = _random.Next(2) == 0 ? OrderSide.Buy : OrderSide.Sell;
            var closes = _random.Next(2) == 0;
            var outcome = _venue.Engine.Place(new AlgoRequest
            {
                Symbol = FakeMarket.Btc,
                Side = side,
                Type = (OrderType)_random.Next((int)OrderType.Stop, (int)OrderType.TrailingStopMarket),
                TriggerPrice = (_mid + _random.Next(-6, 7)) / 10m,
                Price = (_mid + _random.Next(-6, 7)) / 10m,
                ClosePosition = closes,
                Quantity = _random.Next(60, 3_000) / 1000m,
                ReduceOnly = !closes && _random.Next(2) == 0,
                WorkingType = (WorkingType)_random.Next(2),
                TimeInForce = _random.Next(3) == 0 ? TimeInForce.GteGtc : TimeInForce.Gtc,
                ClientId = $"a{++_orders}",
            });
            if (outcome.Refusal is not null) Seen.Add("refused");
        }

        private void Trade() =>
            _venue.Trade((_mid + _random.Next(-5, 6)) / 10m, _random.Next(1, 6_000) / 1000m, _random.Next(2) == 0);

        private void Quote()
        {
            _mid = Math.Clamp(_mid + _random.Next(-4, 5), 900, 1_100);
            _venue.Quote(
                [.. Enumerable.Range(1, 6).Select(level => (_mid - level, (long)_random.Next(1, 4_000)))],
                [.. Enumerable.Range(1, 6).Select(level => (_mid + level, (long)_random.Next(1, 4_000)))]);
            Remember();
        }

        private void Fund()
        {
            var rate = _random.Next(-30, 31) / 100_000m;
            var mark = _venue.Market.MarkPrice(FakeMarket.Btc);
            _venue.Engine.OnFunding(FakeMarket.Btc, new FundingRate(_venue.Market.NowMs, rate, mark));
            if (_amount == 0) return;
            _cash += Math.Round(-_amount * mark * rate, 8);
            Seen.Add("funding");
        }
    }
}
