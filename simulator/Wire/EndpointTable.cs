namespace FuturesBot.Simulator.Wire;

/// <summary>All REST calls by method and path.</summary>
internal sealed class EndpointTable
{
    private readonly Dictionary<string, Dictionary<string, Endpoint>> _paths = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">Two lines for one call.</exception>
    public EndpointTable(IEnumerable<Endpoint> endpoints)
    {
        foreach (var endpoint in endpoints)
        {
            if (!_paths.TryGetValue(endpoint.Path, out var methods)) _paths.Add(endpoint.Path, methods = new(StringComparer.Ordinal));
            methods.Add(endpoint.Method, endpoint);
        }
    }

    public bool KnowsPath(string path) => _paths.ContainsKey(path);

    public Endpoint? Find(string method, string path) => _paths.GetValueOrDefault(path)?.GetValueOrDefault(method);
}
