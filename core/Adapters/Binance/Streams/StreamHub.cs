namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// A set of wanted market streams on as many connections as they need: one route each, and no more streams than
/// it may hold. A change of the set moves no stream that stays.
/// </summary>
public sealed class StreamHub : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (StreamName Name, StreamLine Line)> _streams = [];
    private readonly List<StreamLine> _lines = [];
    private readonly StreamParts _parts;
    private readonly SymbolTable _symbols;
    private readonly MarketListener _listener;
    private readonly int _streamsPerConnection;
    private readonly int _numberStep;
    private int _nextNumber;
    private bool _isDisposed;

    /// <param name="parts">Shared by all streams of the process.</param>
    /// <param name="symbols">Gets the symbols of every stream that is wanted.</param>
    /// <param name="listener">Receives.</param>
    /// <param name="streamsPerConnection">At most; null for <see cref="StreamOptions.StreamsPerConnection"/>.</param>
    /// <param name="firstNumber">Of its connections.</param>
    /// <param name="numberStep">From one of its connections to the next: hubs of the same routes tell theirs apart.</param>
    public StreamHub(
        StreamParts parts, SymbolTable symbols, MarketListener listener, int? streamsPerConnection = null, int firstNumber = 1, int numberStep = 1)
    {
        (_parts, _symbols, _listener) = (parts, symbols, listener);
        _streamsPerConnection = streamsPerConnection ?? parts.Options.StreamsPerConnection;
        (_nextNumber, _numberStep) = (firstNumber, numberStep);
    }

    /// <summary>How each connection does, in the order in which they were made.</summary>
    public IReadOnlyList<StreamHealth> Health
    {
        get
        {
            lock (_gate) return [.. _lines.Select(line => line.Health)];
        }
    }

    /// <summary>
    /// Wants these streams and no others. Ends when the exchange has acknowledged or refused every one of them, which on
    /// a broken connection can take long: the wish stands even if the wait is cancelled.
    /// </summary>
    public async Task FollowAsync(IReadOnlyCollection<StreamName> streams, CancellationToken cancel = default)
    {
        List<StreamLine> idle = [];
        Task answered;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var wanted = streams.Distinct().ToDictionary(_parts.Table.TextOf);
            Remove([.. _streams.Keys.Where(name => !wanted.ContainsKey(name))]);
            Add([.. wanted.Where(stream => !_streams.ContainsKey(stream.Key))]);
            idle.AddRange(_lines.Where(line => line.Count == 0));
            _lines.RemoveAll(idle.Contains);
            answered = Task.WhenAll(wanted.Keys.Select(name => _streams[name].Line.AnsweredAsync(name)));
        }

        foreach (var line in idle) await line.DisposeAsync();
        await answered.WaitAsync(cancel);
    }

    /// <summary>
    /// Replaces the connection of a stream by a new one, without loss for the others on it; too soon after the last
    /// time it does nothing.
    /// </summary>
    public void Renew(StreamName stream, string reason)
    {
        lock (_gate)
        {
            if (_streams.TryGetValue(_parts.Table.TextOf(stream), out var known)) known.Line.Renew(reason);
        }
    }

    public async ValueTask DisposeAsync()
    {
        StreamLine[] lines;
        lock (_gate)
        {
            _isDisposed = true;
            lines = [.. _lines];
            _lines.Clear();
        }

        foreach (var line in lines) await line.DisposeAsync();
    }

    private void Remove(IReadOnlyList<string> names)
    {
        foreach (var group in names.GroupBy(name => _streams[name].Line).ToList())
        {
            foreach (var name in group) _streams.Remove(name);
            group.Key.Change([], group);
        }
    }

    private void Add(IReadOnlyList<KeyValuePair<string, StreamName>> streams)
    {
        foreach (var (_, name) in streams) _symbols.Add(name.Symbol);
        foreach (var group in streams.GroupBy(stream => _parts.Table.FormOf(stream.Value).Route))
        {
            var waiting = new Queue<KeyValuePair<string, StreamName>>(group);
            foreach (var line in _lines.Where(line => line.Route == group.Key).ToList()) Fill(line, waiting);
            while (waiting.Count > 0)
            {
                var line = NewLine(group.Key);
                Fill(line, waiting);
                line.Start();
            }
        }
    }

    private void Fill(StreamLine line, Queue<KeyValuePair<string, StreamName>> waiting)
    {
        var room = _streamsPerConnection - line.Count;
        var taken = new List<(string, bool)>();
        while (taken.Count < room && waiting.TryDequeue(out var stream))
        {
            _streams.Add(stream.Key, (stream.Value, line));
            taken.Add((stream.Key, _parts.Table.FormOf(stream.Value).IsSteady));
        }

        if (taken.Count > 0) line.Change(taken, []);
    }

    private StreamLine NewLine(StreamRoute route)
    {
        var number = _nextNumber;
        _nextNumber += _numberStep;
        var line = new StreamLine(
            _parts, route, number,
            _ => Task.FromResult(StreamTable.AddressOf(_parts.Streams, route)),
            new MarketReceiver(_symbols, _listener, Find),
            new(_parts.Log, _parts.Redactor, $"/{StreamTable.PathOf(route)} {number}", isPrivate: false));
        _lines.Add(line);
        return line;
    }

    private StreamName? Find(string stream)
    {
        lock (_gate) return _streams.TryGetValue(stream, out var known) ? known.Name : null;
    }
}
