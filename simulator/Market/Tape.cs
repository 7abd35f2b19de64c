using FuturesBot.Domain.Market;

namespace FuturesBot.Simulator.Market;

/// <summary>Everything that one symbol's next minute depends on: plain values, so that a snapshot is a copy.</summary>
internal struct Tape
{
    private const double MinutesPerDay = 1440;

    // Days until half of a long wandering is taken back, roughly: prices stay plausible for months.
    private const double HomePullPerMinute = 1.0 / (MinutesPerDay * 35);

    private const double LargestMove = 0.12;

    private Xoshiro256 _random;
    private double _logPrice;
    private double _home;
    private Mood _mood;
    private int _moodMinutes;
    private double _middle;
    private int _legMinutes;
    private int _inLeg;
    private double _fastVolatility;
    private double _slowVolatility;
    private double _volumeNoise;
    private double _takerNoise;
    private int _divergingMinutes;
    private int _diverges;
    private int _quietMinutes;
    private double _interest;
    private Play _play;
    private Shelf _shelf;
    private long _lastTicks;

    /// <summary>The minute in progress, as it will close.</summary>
    public Candle Next { get; private set; }

    /// <summary>Log return of the minute in progress.</summary>
    public double Move { get; private set; }

    /// <summary>Standard deviation of the minute in progress.</summary>
    public double Sigma { get; private set; }

    /// <summary>Logarithm of the volatility's present multiple.</summary>
    public readonly double Heat => _fastVolatility + _slowVolatility;

    /// <summary>Open interest, base units, at the end of the minute in progress.</summary>
    public readonly double OpenInterest(GeneratedSymbol symbol) =>
        _interest * symbol.QuoteVolumePerMinute * MinutesPerDay / symbol.StartPrice;

    public static Tape Starting(GeneratedSymbol symbol, double ticksPerUnit, long seed, int stream, double leaderLog)
    {
        var tape = new Tape { _random = Xoshiro256.Of(seed, stream) };
        tape._logPrice = PortableMath.Log(symbol.StartPrice);
        tape._home = tape._logPrice - (symbol.Beta * leaderLog);
        tape._lastTicks = (long)Math.Round(symbol.StartPrice * ticksPerUnit);
        tape._interest = tape._random.Between(0.8, 1.2);
        tape._shelf = Shelf.StartingAt(tape._logPrice, symbol.OwnDailyVolatility * (1 + symbol.Beta) / 10);
        tape.Enter((Mood)(int)tape._random.Between(0, 5), tape._home, symbol.Beta > 0);
        return tape;
    }

    public readonly double LogPrice => _logPrice;

    /// <summary>Makes the next minute.</summary>
    /// <param name="symbol">What the symbol is like.</param>
    /// <param name="scale">Its ticks and steps.</param>
    /// <param name="minute">Minutes since 1970 of the candle's open.</param>
    /// <param name="leader">The leader's tape, already in this minute; ignored by the leader itself.</param>
    public void Step(GeneratedSymbol symbol, in SymbolScale scale, long minute, in Tape leader)
    {
        var season = DayShape.At(minute);
        var own = _logPrice - (symbol.Beta * leader._logPrice);
        var beforeLeader = symbol.Beta > 0 ? own + (symbol.Beta * leader.Move) : own;
        TurnMood(beforeLeader, symbol.Beta > 0);

        var heat = symbol.Beta > 0 ? Heat + (0.5 * leader.Heat) : Heat;
        var multiple = PortableMath.Exp(heat);
        ref readonly var shape = ref MoodShape.Of(_mood);
        var sigma = scale.MinuteSigma * shape.Volatility * season * multiple;

        var bell = _random.Bell();
        var pushed = symbol.Beta * leader.Move;
        var move = Math.Clamp(OwnMove(symbol, sigma, bell, beforeLeader, pushed, shape) + pushed, -LargestMove, LargestMove);
        Sigma = Math.Sqrt((sigma * sigma) + (symbol.Beta * symbol.Beta * leader.Sigma * leader.Sigma));
        Move = move;
        HeatUp(bell);

        var activity = season * Math.Sqrt(shape.Volatility * multiple) * Math.Sqrt(Math.Sqrt(multiple));
        Next = Shape(symbol, scale, minute, activity);
        _play.Tick();
        DecidePlay();
    }

    private double OwnMove(GeneratedSymbol symbol, double sigma, double bell, double own, double pushed, in MoodShape shape)
    {
        var jump = Jump(sigma);
        if (_play.Active)
        {
            // A play has a place to go; part of what the leader pushes meanwhile is absorbed.
            var needed = (_play.Target - _logPrice) / _play.MinutesLeft;
            return needed - (0.35 * pushed) + (0.6 * sigma * bell);
        }

        var drift = (_inLeg != 0 ? shape.LegDrift : shape.PullbackDrift) * symbol.OwnDailyVolatility / MinutesPerDay;
        return drift + (shape.PullPerMinute * (_middle - own)) + (HomePullPerMinute * (_home - own)) + (sigma * bell) + jump;
    }

    // News: about one minute in two thousand moves like no bell curve does, and the hour after it is hot.
    private double Jump(double sigma)
    {
        if (!_random.Chance(1.0 / 2000)) return 0;
        _fastVolatility += 0.5;
        return sigma * (4 + (3 * _random.Exponential())) * (_random.Chance(0.5) ? 1 : -1);
    }

    // Large moves make the next ones large; half of the heat is gone after half an hour, of the slow part after ten hours.
    private void HeatUp(double bell)
    {
        _fastVolatility = (_fastVolatility * (1 - (1.0 / 45))) + (0.055 * _random.Bell()) + (0.035 * (Math.Abs(bell) - 0.8));
        _slowVolatility = (_slowVolatility * (1 - (1.0 / 900))) + (0.013 * _random.Bell());
        _fastVolatility = Math.Clamp(_fastVolatility, -1.2, 1.6);
        _slowVolatility = Math.Clamp(_slowVolatility, -0.8, 0.8);
    }

    private void TurnMood(double own, bool follower)
    {
        if (--_moodMinutes <= 0)
        {
            if (_mood == Mood.Squeezed) _fastVolatility += 0.7;
            Enter(MoodShape.After(_mood, ref _random), own, follower);
        }

        if (--_legMinutes > 0) return;
        _inLeg ^= 1;
        _legMinutes = (int)(_inLeg != 0 ? _random.Between(90, 480) : _random.Between(40, 240));
    }

    private void Enter(Mood mood, double own, bool follower)
    {
        // A follower's own moods change faster than the whole market's.
        var mean = MoodShape.Of(mood).MeanHours * 60 * (follower ? 0.7 : 1);
        _mood = mood;
        _middle = own;
        _moodMinutes = (int)(120 + (mean * Math.Min(_random.Exponential(), 3.5)));
        _inLeg = 0;
        _legMinutes = 0;
    }

    private void DecidePlay()
    {
        if (_play.Active || --_quietMinutes > 0 || double.IsNaN(_shelf.High)) return;
        var near = 0.35 * _shelf.Range;
        var side = Math.Abs(_logPrice - _shelf.High) < near ? 1 : Math.Abs(_logPrice - _shelf.Low) < near ? -1 : 0;
        if (side == 0) return;
        _quietMinutes = (int)_random.Between(90, 300);
        if (_random.Chance(0.4)) return;   // an old extreme is often just passed
        _play = Play.AtLevel(side > 0 ? _shelf.High : _shelf.Low, side, _shelf.Range, ref _random);
    }

    private Candle Shape(GeneratedSymbol symbol, in SymbolScale scale, long minute, double activity)
    {
        var (up, down) = Extremes();
        var openLog = _logPrice;
        _logPrice += Move;
        _shelf.Minute(openLog + up, openLog - down, (minute + 1) % 15 == 0);

        var open = _lastTicks;
        var close = Math.Max(1, (long)Math.Round(PortableMath.Exp(_logPrice) * scale.TicksPerUnit));
        var high = Math.Max(Math.Max(open, close), (long)Math.Round(open * (1 + up + (up * up / 2))));
        var low = Math.Max(1, Math.Min(Math.Min(open, close), (long)Math.Round(open * (1 - down + (down * down / 2)))));
        _lastTicks = close;

        var typical = (high + low + close) / (3 * scale.TicksPerUnit);
        var (steps, bought, trades) = Flow(symbol, scale, typical, activity);
        var volume = steps / scale.StepsPerUnit;
        return new(
            minute * 60_000, open / scale.TicksPerUnit, high / scale.TicksPerUnit, low / scale.TicksPerUnit, close / scale.TicksPerUnit,
            volume, volume * typical, bought / scale.StepsPerUnit, trades);
    }

    // How far a path of this volatility that ends at Move went up and down: the law of a Brownian bridge's maximum.
    private (double Up, double Down) Extremes()
    {
        var spread = -2 * Sigma * Sigma;
        var up = (Move + Math.Sqrt((Move * Move) + (spread * PortableMath.Log(_random.Uniform())))) / 2;
        var down = (Math.Sqrt((Move * Move) + (spread * PortableMath.Log(_random.Uniform()))) - Move) / 2;
        if (_random.Chance(1.0 / 1200))
        {
            // A thin moment: someone's market order falls through the book and the price comes back.
            var wick = Sigma * _random.Between(3, 8);
            if (_random.Chance(0.5)) up += wick;
            else down += wick;
        }

        return (up, down);
    }

    private (double Steps, double Bought, long Trades) Flow(GeneratedSymbol symbol, in SymbolScale scale, double price, double activity)
    {
        _volumeNoise = (0.7 * _volumeNoise) + (0.33 * _random.Bell());
        var effort = Move / Sigma;
        var size = 0.5 + (0.55 * Math.Min(Math.Abs(effort), 6));
        var quote = symbol.QuoteVolumePerMinute * activity * size * _play.Volume * PortableMath.Exp(_volumeNoise);
        var steps = Math.Max(1, Math.Round(quote / price * scale.StepsPerUnit));

        // Takers push with the price, but for some stretches against it: absorption, divergence.
        if (--_divergingMinutes <= 0)
        {
            _diverges = _random.Chance(0.15) ? 1 : 0;
            _divergingMinutes = (int)_random.Between(20, 240);
        }

        _takerNoise = (0.85 * _takerNoise) + (0.035 * _random.Bell());
        var lean = 0.26 * effort / (1 + Math.Abs(effort)) * (_diverges != 0 ? -0.5 : 1);
        var bought = Math.Round(steps * Math.Clamp(0.5 + lean + _takerNoise, 0.06, 0.94));

        _interest += (0.0005 * (Math.Abs(effort) - 0.8) * _play.Volume) + (0.0003 * _random.Bell()) + ((1 - _interest) / 4000);
        var trades = (long)Math.Max(1, quote / symbol.TradeNotional * _random.Between(0.75, 1.25));
        return (steps, Math.Min(bought, steps), Math.Min(trades, (long)steps));
    }
}
