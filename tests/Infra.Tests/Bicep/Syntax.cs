namespace FuturesBot.Infra.Tests.Bicep;

/// <summary>An expression of a Bicep file.</summary>
public abstract record Node(int Line)
{
    public sealed record Text(int Line, IReadOnlyList<object> Parts) : Node(Line)   // string or Node
    {
        /// <summary>The text when it has no interpolation, or null.</summary>
        public string? Plain => Parts is [string only] ? only : null;
    }

    public sealed record Number(int Line, long Value) : Node(Line);

    public sealed record Flag(int Line, bool Value) : Node(Line);

    public sealed record Null(int Line) : Node(Line);

    public sealed record Name(int Line, string Value) : Node(Line);

    public sealed record Object(int Line, IReadOnlyList<Property> Properties) : Node(Line)
    {
        public Node? this[string key] => Properties.FirstOrDefault(property => property.Key == key)?.Value;
    }

    public sealed record List(int Line, IReadOnlyList<Node> Items) : Node(Line);

    public sealed record Loop(int Line, IReadOnlyList<string> Variables, Node Over, Node Body) : Node(Line);

    public sealed record Condition(int Line, Node When, Node Body) : Node(Line);

    public sealed record Member(int Line, Node Of, string Key) : Node(Line);

    public sealed record Index(int Line, Node Of, Node Key) : Node(Line);

    public sealed record Call(int Line, Node? Of, string Function, IReadOnlyList<Node> Arguments) : Node(Line);

    public sealed record Lambda(int Line, IReadOnlyList<string> Parameters, Node Body) : Node(Line);

    public sealed record Choice(int Line, Node When, Node Then, Node Else) : Node(Line);

    /// <summary>An operator over one or two operands.</summary>
    public sealed record Operation(int Line, string Operator, IReadOnlyList<Node> Operands) : Node(Line);
}

/// <summary>A property of an object; the key is null when it has an interpolation, which then is in <paramref name="KeyText"/>.</summary>
public sealed record Property(int Line, string? Key, Node.Text? KeyText, Node Value);

public enum DeclarationKind
{
    Parameter,
    Variable,
    Resource,
    Module,
    Output,
}

/// <summary>A <c>param</c>, <c>var</c>, <c>resource</c>, <c>module</c> or <c>output</c>.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Name">Its symbol.</param>
/// <param name="Line">From 1.</param>
/// <param name="Of">Of a resource <c>Type@version</c>, of a module its path, else the type as written.</param>
/// <param name="Existing">Whether the resource is only referred to.</param>
/// <param name="Value">Value or body; null of a parameter without default.</param>
/// <param name="Decorators">What stands before it with an <c>@</c>.</param>
public sealed record Declaration(
    DeclarationKind Kind, string Name, int Line, string Of, bool Existing, Node? Value, IReadOnlyList<Node.Call> Decorators)
{
    public Node.Call? Decorator(string name) => Decorators.FirstOrDefault(decorator => decorator.Function == name);

    /// <summary>The object behind loop and condition; null when there is none.</summary>
    public Node.Object? Body
    {
        get
        {
            var node = Value;
            while (node is Node.Loop or Node.Condition) node = node is Node.Loop loop ? loop.Body : ((Node.Condition)node).Body;
            return node as Node.Object;
        }
    }
}

/// <summary>A parsed file.</summary>
/// <param name="Path">From the root of the templates.</param>
/// <param name="Scope"><c>resourceGroup</c> when the file does not say.</param>
/// <param name="Declarations">In order.</param>
/// <param name="Comments">By line.</param>
public sealed record Template(
    string Path, string Scope, IReadOnlyList<Declaration> Declarations, IReadOnlyDictionary<int, string> Comments)
{
    public IEnumerable<Declaration> Of(DeclarationKind kind) => Declarations.Where(declaration => declaration.Kind == kind);
}
