using MediaSecurityLite.PatternTool;

return CommandLine.Run(args, Console.Out, Console.Error);
