//! Calls of the host's services through the function pointers of [`Host`](crate::abi::Host).

use cranelift_codegen::ir::{
    AbiParam, InstBuilder, MemFlagsData, Signature, StackSlotData, StackSlotKind, Type, Value,
    types,
};

use super::CodegenError;
use super::frame::{
    HOST_AT_TIME, HOST_CONTEXT, HOST_NET_EVENT, HOST_NET_MOVE, HOST_NET_SEND, HOST_PRINT,
    HOST_RANDOM, HOST_REQUEST, HOST_SCOP, HOST_TEXT, HOST_WATCH, constant,
};
use super::translate::Translator;
use crate::ir::Service;

impl Translator<'_, '_> {
    /// Calls `service` for the present instance; gives its answer, or 0.
    pub(super) fn service(
        &mut self,
        service: &Service,
        args: &[Value],
    ) -> Result<Value, CodegenError> {
        let mut all = Vec::with_capacity(args.len() + 4);
        let (field, returns) = match service {
            Service::NetSend => {
                all.push(self.instance);
                all.extend(args);
                (HOST_NET_SEND, false)
            }
            Service::NetEvent => {
                all.push(self.instance);
                all.extend(args);
                (HOST_NET_EVENT, false)
            }
            Service::NetMove => {
                all.push(self.instance);
                all.extend(args);
                (HOST_NET_MOVE, false)
            }
            Service::Watch { condition } => {
                all.push(self.instance);
                all.push(self.builder.ins().iconst(types::I64, i64::from(*condition)));
                all.extend(args);
                (HOST_WATCH, false)
            }
            Service::AtTime => {
                all.extend(args);
                (HOST_AT_TIME, true)
            }
            Service::Random {
                stream,
                distribution,
            } => {
                all.push(self.instance);
                all.push(self.builder.ins().iconst(types::I64, i64::from(*stream)));
                let code = i64::from(*distribution as u32);
                all.push(self.builder.ins().iconst(types::I32, code));
                all.extend(args);
                (HOST_RANDOM, true)
            }
            Service::Scop(function) => {
                let code = i64::from(*function as u32);
                all.push(self.builder.ins().iconst(types::I32, code));
                all.extend(args);
                (HOST_SCOP, true)
            }
            Service::Request(request) => {
                let code = i64::from(*request as i32);
                all.push(self.builder.ins().iconst(types::I32, code));
                all.push(self.on_stack(args));
                all.push(self.builder.ins().iconst(types::I64, args.len() as i64));
                (HOST_REQUEST, true)
            }
            Service::Text(text) | Service::Print(text) => {
                let data = self.symbols.text(text, self.builder.func)?;
                all.push(self.builder.ins().symbol_value(types::I64, data));
                all.push(self.builder.ins().iconst(types::I64, text.len() as i64));
                all.push(self.on_stack(args));
                all.push(self.builder.ins().iconst(types::I64, args.len() as i64));
                match service {
                    Service::Text(_) => (HOST_TEXT, true),
                    _ => (HOST_PRINT, false),
                }
            }
        };
        Ok(self.call_host(field, &all, returns))
    }

    fn call_host(&mut self, field: usize, args: &[Value], returns: bool) -> Value {
        let host = self.frame.host;
        let function = constant(&mut self.builder, types::I64, host, field);
        let context = constant(&mut self.builder, types::I64, host, HOST_CONTEXT);
        let mut signature = Signature::new(self.symbols.convention());
        let mut all = vec![context];
        all.extend(args);
        for &arg in &all {
            let ty: Type = self.builder.func.dfg.value_type(arg);
            signature.params.push(AbiParam::new(ty));
        }
        if returns {
            signature.returns.push(AbiParam::new(types::F64));
        }
        let signature = self.builder.import_signature(signature);
        let call = self.builder.ins().call_indirect(signature, function, &all);
        match self.builder.inst_results(call) {
            [answer] => *answer,
            _ => self.builder.ins().f64const(0.0),
        }
    }

    /// Address of a copy of `values` on the stack.
    pub(super) fn on_stack(&mut self, values: &[Value]) -> Value {
        let bytes = (values.len() * size_of::<f64>()) as u32;
        let slot = StackSlotData::new(StackSlotKind::ExplicitSlot, bytes, 3);
        let slot = self.builder.create_sized_stack_slot(slot);
        let address = self.builder.ins().stack_addr(types::I64, slot, 0);
        for (i, &value) in values.iter().enumerate() {
            self.builder
                .ins()
                .store(MemFlagsData::trusted(), value, address, 8 * i as i32);
        }
        address
    }
}
