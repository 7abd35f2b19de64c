namespace FuturesBot.Domain.Market;

/// <summary>
/// Measures an order book update by update: the order-flow imbalance of each, and the depth imbalance once a second of
/// market time. <see cref="BookFeatures"/> is what others see of it.
/// </summary>
internal sealed class BookMeter(OrderBook book)
{
    /// <summary>Samples that the median looks back on: 20 seconds.</summary>
    public const int SampleCount = 20;

    // A hiccup of a few seconds must not take the median away; with fewer samples it says too little.
    private const int SamplesMin = 15;

    // A sample of a book that was silent for longer is unavailable (spec 2.4).
    private const long SampleAgeMaxMs = 2_000;

    private const long SecondMs = 1_000;

    // Beyond it nothing that is kept counts any more; and a time that was wrong must not hold all later ones up.
    private const long JumpMaxMs = BookFeatures.FlowSecondsMax * SecondMs;

    private readonly double[] _samples = new double[SampleCount];
    private readonly double[] _sorted = new double[SampleCount];
    private readonly FlowSecond[] _flow = new FlowSecond[BookFeatures.FlowSecondsMax];
    private long _sampled;          // samples taken, the unavailable ones too
    private long _lastEventMs;
    private long _second;           // market second of the last update; 0 before the first
    private Touch _before;

    public OrderBook Book => book;

    /// <summary>Call before an update is applied: seconds that have ended are sampled as they ended.</summary>
    public void BeforeUpdate(long eventMs)
    {
        if (Math.Abs(eventMs - _lastEventMs) > JumpMaxMs) Forget();
        var second = Math.Max(eventMs / SecondMs, _second);
        if (_second == 0) StartAt(second);
        if (second > _second) EndSeconds(second);
        _lastEventMs = Math.Max(eventMs, _lastEventMs);
        _before = Touch.Of(book);
    }

    /// <summary>Call after the update was applied.</summary>
    public void AfterUpdate()
    {
        var after = Touch.Of(book);
        ref var flow = ref _flow[_second % _flow.Length];
        if (_before.IsWhole && after.IsWhole) flow.Flow += Touch.Flow(_before, after);
        if (!after.IsWhole) return;
        flow.Depth += (after.BidQuantity + (double)after.AskQuantity) / 2;
        flow.Updates++;
    }

    /// <summary>What was measured so far belongs to a book that is no longer trusted.</summary>
    public void Forget()
    {
        _second = 0;
        _sampled = 0;
        Array.Clear(_flow);
    }

    /// <summary>
    /// Signed depth imbalance −1…+1 (spec 2.4); NaN unless there are bids and asks, and both are known for 10 bp.
    /// </summary>
    public double Imbalance()
    {
        if (!book.HasBothSides || book.IsCrossed) return double.NaN;
        // Equally far on both sides: one of which less is known would otherwise look the thinner.
        var reachBp = Math.Min(DepthDecay.MaxBp, Math.Min(book.BidReachBp, book.AskReachBp));
        if (reachBp < BookFeatures.ReachMinBp) return double.NaN;
        var midTicks = MidTicks();
        var bids = book.Bids.SumWeighted(midTicks, reachBp);
        var asks = book.Asks.SumWeighted(midTicks, reachBp);
        return (bids - asks) / (bids + asks);
    }

    public double MidTicks() => (book.BestBid + (double)book.BestAsk) / (2.0 * book.TickSize);

    public double ImbalanceMedian()
    {
        var count = 0;
        for (var i = 0; i < Math.Min(_sampled, SampleCount); i++)
        {
            if (!double.IsNaN(_samples[i])) _sorted[count++] = _samples[i];
        }

        if (count < SamplesMin) return double.NaN;
        Array.Sort(_sorted, 0, count);
        return (_sorted[(count - 1) / 2] + _sorted[count / 2]) / 2;
    }

    /// <summary>Order-flow imbalance of the last seconds in units of the mean depth; NaN without updates.</summary>
    public double OrderFlow(int seconds)
    {
        var sum = default(FlowSecond);
        for (var ago = 0; ago < Math.Min(seconds, _second); ago++)
        {
            ref readonly var flow = ref _flow[(_second - ago) % _flow.Length];
            sum.Flow += flow.Flow;
            sum.Depth += flow.Depth;
            sum.Updates += flow.Updates;
        }

        return sum.Updates == 0 ? double.NaN : sum.Flow / (sum.Depth / sum.Updates);
    }

    private void StartAt(long second)
    {
        _second = second;
        _lastEventMs = second * SecondMs;
    }

    private void EndSeconds(long second)
    {
        var imbalance = Imbalance();
        var ended = Math.Min(second - _second, SampleCount);
        for (var end = second - ended + 1; end <= second; end++)
        {
            var isYoung = (end * SecondMs) - _lastEventMs <= SampleAgeMaxMs;
            _samples[_sampled++ % SampleCount] = isYoung ? imbalance : double.NaN;
        }

        for (var next = Math.Max(_second + 1, second - _flow.Length + 1); next <= second; next++)
            _flow[next % _flow.Length] = default;
        _second = second;
    }

    private struct FlowSecond
    {
        public double Flow;
        public double Depth;
        public int Updates;
    }

    /// <summary>The best level of each side.</summary>
    private readonly record struct Touch(long Bid, long BidQuantity, long Ask, long AskQuantity)
    {
        public bool IsWhole => Bid != 0 && Ask != 0;

        public static Touch Of(OrderBook book) =>
            new(book.BestBid, book.BestBidQuantity, book.BestAsk, book.BestAskQuantity);

        /// <summary>Cont, Kukanov and Stoikov, The Price Impact of Order Book Events, 2014, equation 2.</summary>
        public static double Flow(in Touch was, in Touch now) =>
            (now.Bid >= was.Bid ? now.BidQuantity : 0.0)
            - (now.Bid <= was.Bid ? was.BidQuantity : 0.0)
            - (now.Ask <= was.Ask ? now.AskQuantity : 0.0)
            + (now.Ask >= was.Ask ? was.AskQuantity : 0.0);
    }
}
